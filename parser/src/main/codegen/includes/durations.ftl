/** Parses a duration such as 30s or 500ms as an interval of seconds. */
SqlNode DurationLiteral() :
{
}
{
    <DURATION_LITERAL> {
        return Durations.literal(token.image, getPos());
    }
}

/** Parses the length of a window or of a wait: 30s or INTERVAL '30' SECOND. */
SqlNode Duration() :
{
    final SqlNode duration;
}
{
    duration = DurationLiteral() { return duration; }
|
    duration = IntervalLiteral() { return Durations.normalized(duration); }
|
    <UNSIGNED_INTEGER_LITERAL> {
        throw Durations.unitMissing(token.image, getPos());
    }
}
