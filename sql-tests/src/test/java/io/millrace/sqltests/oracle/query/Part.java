package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A part of a query. */
public interface Part<T> {
    String sql();

    /** What is left when one thing is taken out or made simpler, the most first; not all of it need be valid. */
    Stream<T> smaller();

    /** All lists in which one part is smaller. */
    static <P extends Part<P>> Stream<List<P>> smallerIn(List<P> parts) {
        return IntStream.range(0, parts.size())
                .boxed()
                .flatMap(i -> parts.get(i).smaller().map(part -> replaced(parts, i, part)));
    }

    /** All lists that lack one element, but for the empty one. */
    static <E> Stream<List<E>> shorter(List<E> parts) {
        return parts.size() < 2
                ? Stream.of()
                : IntStream.range(0, parts.size()).mapToObj(i -> {
                    List<E> rest = new ArrayList<>(parts);
                    rest.remove(i);
                    return rest;
                });
    }

    /** Nothing, or a smaller one, in place of an optional part. */
    static <P extends Part<P>, T> Stream<T> without(P part, Function<P, T> with) {
        return part == null
                ? Stream.of()
                : Stream.concat(Stream.of((P) null), part.smaller()).map(with);
    }

    private static <P> List<P> replaced(List<P> parts, int index, P part) {
        List<P> replaced = new ArrayList<>(parts);
        replaced.set(index, part);
        return replaced;
    }
}
