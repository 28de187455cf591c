/* Loaded into a process before its libraries (LD_PRELOAD): its wall clock is off by as many seconds as stand in the
   file that PAYMENT_ENGINE_CLOCK_OFFSET names, at every moment. The clocks that measure durations stay true. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const volatile long *offset_s;

__attribute__((constructor)) static void map_offset(void) {
  const char *file = getenv("PAYMENT_ENGINE_CLOCK_OFFSET");
  int descriptor = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
  if (descriptor < 0) abort();
  void *mapped = mmap(0, sizeof *offset_s, PROT_READ, MAP_SHARED, descriptor, 0);
  if (mapped == MAP_FAILED) abort();
  offset_s = mapped;
  close(descriptor);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = syscall(SYS_clock_gettime, clock, now);
  int is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (result == 0 && is_wall && offset_s) now->tv_sec += *offset_s;
  return result;
}
