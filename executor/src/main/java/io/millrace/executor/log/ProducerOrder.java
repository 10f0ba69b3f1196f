package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an append of a producer may be made, given its last one.
 *
 * <pre>
 * counts   last          sent              is
 * yes      none          first             new
 * yes      none          after n           refused: the producer is not known (any more)
 * yes      n             after n           new
 * yes      n             number up to n    made already, in whatever epoch
 * yes      n             after another     refused: out of order
 * no       n             more than n       new
 * no       n             n                 made already, as are earlier steps of a request
 * no       n             less than n       refused: whether it was made is not known
 * no       n             any, later epoch  new
 * any      any           earlier epoch     refused: fenced
 * </pre>
 */
final class ProducerOrder {
    private final String stream;

    ProducerOrder(String stream) {
        this.stream = stream;
    }

    /**
     * True when the append was made already.
     *
     * @throws MillraceException when it must not be made
     */
    boolean isMade(ProducerSequence sent, @Nullable ProducerEntry last) {
        if (last == null) {
            checkFirst(sent);
            return false;
        }
        return isMade(sent, last.epoch(), last.sequence());
    }

    boolean isMade(ProducerSequence sent, int epoch, long last) {
        if (sent.epoch() < epoch) {
            throw ProducerEpochs.fenced(sent.producer().toString(), sent.epoch(), epoch);
        }
        if (!sent.isNumbered()) {
            return isMadeUncounted(sent, epoch, last);
        }
        long number = ProducerSequence.number(last);
        if (sent.number() == number) {
            return sent.sequence() <= last;
        }
        if (sent.number() > number && sent.previous() != number) {
            throw outOfOrder(sent, "comes after number " + sent.previous() + ", but the last one is " + number)
                    .withHint("Send what comes after number " + number + ".");
        }
        return sent.number() < number;
    }

    private boolean isMadeUncounted(ProducerSequence sent, int epoch, long last) {
        if (sent.epoch() > epoch || sent.sequence() > last) {
            return false;
        }
        if (sent.sequence() < last && !sent.isStepBefore(last)) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "sequence " + sent.sequence() + " of producer " + sent.producer() + " for stream \"" + stream
                            + "\" comes after sequence " + last);
        }
        return true;
    }

    private void checkFirst(ProducerSequence sent) {
        if (sent.isNumbered() && sent.previous() != 0) {
            throw outOfOrder(sent, "comes after number " + sent.previous() + ", but nothing is known of this producer")
                    .withHint("It was forgotten because many others have come since, or the stream was made anew."
                            + " Find out what is in the stream, then begin with number 1.");
        }
    }

    private MillraceException outOfOrder(ProducerSequence sent, String why) {
        return new MillraceException(
                ErrorCode.OUT_OF_ORDER,
                "out of order: number " + sent.number() + " of producer " + sent.producer() + " for \"" + stream + "\" "
                        + why);
    }
}
