namespace PaymentEngine.Routing.Choice;

/// <summary>
/// Whose turn it is among equals, in proportion to their weights (C5). Stride scheduling: each has travelled the
/// further the more turns it had, a light one by longer strides; next is whose coming stride has its middle furthest
/// behind, which keeps everybody within a turn of his share. Each set of candidates has its own course, so who drops
/// out and comes back neither has missed nor saved anything.
/// </summary>
public sealed class Turns
{
    /// <summary>Far more sets than setups know; should somebody manage, the courses begin anew.</summary>
    private const int MostCourses = 4_096;

    /// <summary>Whoever weighs less takes strides of this weight; longer ones would leave the numbers in which they are counted.</summary>
    private const decimal LeastWeight = 0.000_001m;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Course> _courses = [];

    /// <param name="candidates">Who may be chosen, by their places; weights are above 0.</param>
    public Turn Take(ReadOnlySpan<int> candidates, ReadOnlySpan<decimal> weights)
    {
        lock (_lock)
        {
            var course = CourseOf(candidates);
            var (next, stride, least) = (0, 0L, long.MaxValue);
            for (var i = 0; i < candidates.Length; i++)
            {
                var coming = (long)(Course.Length / Math.Max(weights[i], LeastWeight));
                var middle = course.Travelled[i] + coming / 2;
                if (middle < least)
                {
                    (next, stride, least) = (i, coming, middle);
                }
            }

            course.Advance(next, stride);
            return new Turn(this, course, next, stride, candidates[next]);
        }
    }

    private Course CourseOf(ReadOnlySpan<int> candidates)
    {
        var key = 14695981039346656037UL;
        foreach (var candidate in candidates)
        {
            key = (key ^ (uint)candidate) * 1099511628211UL;
        }

        key = (key ^ (uint)candidates.Length) * 1099511628211UL;
        if (!_courses.TryGetValue(key, out var course) || course.Travelled.Length != candidates.Length)
        {
            if (_courses.Count >= MostCourses)
            {
                _courses.Clear();
            }

            _courses[key] = course = new Course(candidates.Length);
        }

        return course;
    }

    internal void GiveBack(in Turn turn)
    {
        lock (_lock)
        {
            turn.Course.Travelled[turn.Place] -= turn.Stride;
        }
    }

    internal sealed class Course(int candidates)
    {
        /// <summary>A stride of weight 1; divided by weights of a few digits it stays exact enough for a million rounds.</summary>
        public const long Length = 1L << 40;

        private const long TooFar = 1L << 60;

        public long[] Travelled { get; } = new long[candidates];

        public void Advance(int place, long stride)
        {
            Travelled[place] += stride;
            if (Travelled[place] > TooFar)
            {
                var least = Travelled.Min();
                for (var i = 0; i < Travelled.Length; i++)
                {
                    Travelled[i] -= least;
                }
            }
        }
    }
}

/// <summary>A turn that was taken; what comes of nothing gives it back.</summary>
public readonly struct Turn
{
    private readonly Turns _turns;

    internal Turn(Turns turns, Turns.Course course, int place, long stride, int candidate) =>
        (_turns, Course, Place, Stride, Candidate) = (turns, course, place, stride, candidate);

    public int Candidate { get; }

    internal Turns.Course Course { get; }

    internal int Place { get; }

    internal long Stride { get; }

    public void GiveBack() => _turns?.GiveBack(this);
}
