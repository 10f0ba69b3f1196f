package io.millrace.executor.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From where the rows of a result can be computed again, for those that its reader may have. Thread-safe. */
public final class ResumePlaces {
    private final Deque<Place> places = new ArrayDeque<>();

    /** Where the rows from a number on begin. */
    private record Place(long row, Supplier<String> token) {}

    /**
     * The rows from a number on, which never falls, can be computed without what comes before a place.
     *
     * @param token names the place; is asked on the reader's thread
     */
    public synchronized void add(long row, Supplier<String> token) {
        Place last = places.peekLast();
        if (last != null && last.row() == row) {
            places.removeLast();
        }
        places.add(new Place(row, token));
    }

    /** For a reader who has the rows below a number, which never falls; null when there is nothing better than the beginning. */
    public @Nullable ResumePlace at(long row) {
        Place place;
        synchronized (this) {
            place = places.peek();
            while (place != null && place.row() <= row) {
                places.remove();
                Place next = places.peek();
                if (next == null || next.row() > row) {
                    places.addFirst(place);
                    break;
                }
                place = next;
            }
        }
        return place == null || place.row() > row
                ? null
                : new ResumePlace(place.row(), place.token().get());
    }
}
