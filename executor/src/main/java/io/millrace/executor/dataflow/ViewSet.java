package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.table.TableVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The views of a dataflow, each after those that it reads. Changed by the thread of the dataflow; any may look. */
final class ViewSet implements Iterable<StandingView> {
    private volatile List<StandingView> views = List.of();

    @Override
    public Iterator<StandingView> iterator() {
        return views.iterator();
    }

    List<StandingView> list() {
        return views;
    }

    boolean isEmpty() {
        return views.isEmpty();
    }

    /** Null when there is none of that number, whatever its state. */
    @Nullable
    StandingView find(long id) {
        for (StandingView view : views) {
            if (view.id() == id) {
                return view;
            }
        }
        return null;
    }

    void add(Collection<StandingView> added) {
        List<StandingView> all = new ArrayList<>(views);
        all.addAll(added);
        views = List.copyOf(all);
    }

    void removeAll(Collection<Long> ids) {
        views = views.stream().filter(view -> !ids.contains(view.id())).toList();
    }

    /**
     * What they show at a position.
     *
     * @param before what those that can be read show, when they have taken more than may be seen; null: they have not
     */
    Published published(long position, int identity, Cut cut, @Nullable Published before) {
        Map<Long, TableVersion> versions = new HashMap<>();
        Map<Long, MillraceException> failures = new HashMap<>();
        for (StandingView view : views) {
            MillraceException failure = view.failure();
            TableVersion version = null;
            if (view.isLive()) {
                version =
                        before == null ? view.version(position) : before.views().get(view.id());
            }
            if (version != null) {
                versions.put(view.id(), version);
            } else if (failure != null) {
                failures.put(view.id(), failure);
            }
        }
        return new Published(position, identity, cut, versions, failures);
    }

    void replaceAll(UnaryOperator<StandingView> change) {
        views = views.stream().map(change).toList();
    }

    /** One of the views that a view reads which is in a state; null when none is. */
    @Nullable
    StandingView readOf(StandingView view, StandingView.State state) {
        for (StandingView other : views) {
            if (other.state() == state && view.reads().contains(other.id())) {
                return other;
            }
        }
        return null;
    }

    /** Null when all that a view reads is in use. */
    @Nullable
    MillraceException failureOfRead(StandingView view) {
        StandingView broken = readOf(view, StandingView.State.FAILED);
        MillraceException cause = broken == null ? null : broken.failure();
        return broken == null || cause == null
                ? null
                : new MillraceException(
                        cause.code(), "it reads \"" + broken.plan().name() + "\", which is out of use");
    }

    /** What has to be there for views of these numbers: they, and all that they read. */
    List<ViewPlan> closure(Collection<Long> ids) {
        Set<Long> wanted = new HashSet<>(ids);
        List<ViewPlan> plans = new ArrayList<>();
        for (int i = views.size() - 1; i >= 0; i--) {
            StandingView view = views.get(i);
            if (wanted.contains(view.id())) {
                wanted.addAll(view.reads());
                plans.add(0, view.plan());
            }
        }
        return plans;
    }

    /** The states of the views that people read. */
    Map<Long, ViewStatus> statuses() {
        Map<Long, ViewStatus> statuses = new TreeMap<>();
        for (StandingView view : views) {
            if (view.plan().keepsRows()) {
                statuses.put(
                        view.id(),
                        new ViewStatus(
                                view.state().name().toLowerCase(Locale.ROOT),
                                view.rowCount(),
                                view.failure(),
                                view.metrics()));
            }
        }
        return statuses;
    }

    /** Those who follow changes. */
    List<SubscriptionStatus> subscriptions() {
        List<SubscriptionStatus> statuses = new ArrayList<>();
        for (StandingView view : views) {
            QueryMetrics metrics = view.plan().keepsRows() ? null : view.metrics();
            long bytes = metrics == null ? 0 : metrics.stateBytes();
            view.subscriptions().all().forEach(subscription -> statuses.add(subscription.status(view.id(), bytes)));
        }
        return statuses;
    }
}
