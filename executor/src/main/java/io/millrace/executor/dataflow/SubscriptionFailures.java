package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;

/** Why subscriptions end before their time. */
final class SubscriptionFailures {
    private SubscriptionFailures() {}

    static MillraceException beginsTooLate(long position, long upTo) {
        return new MillraceException(
                ErrorCode.INVALID_PARAMETER,
                "the subscription would begin at position " + position + ", after position " + upTo
                        + " up to which it goes");
    }

    static MillraceException fallenBehind(long limit, long delivered) {
        return new MillraceException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the subscription has fallen behind: more than " + limit
                                + " changes wait; the last position given in full is " + delivered)
                .withHint("Go on with SINCE AFTER POSITION " + delivered + ", fetch faster, or raise the setting "
                        + Subscription.BUFFER_ROWS + ".");
    }
}
