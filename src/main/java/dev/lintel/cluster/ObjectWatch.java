package dev.lintel.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Follows the objects of a selection, however often the connection breaks: lists them page by page,
 * then watches what happens from there on. Each object is read for itself, so that one which cannot
 * be read hides no other.
 */
final class ObjectWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ObjectWatch.class);

  /** Bookmarks come about every minute; a watch that is silent for longer has broken unnoticed. */
  static final Duration SILENCE = Duration.ofSeconds(150);

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long SHORTEST_SECONDS = 300;
  private static final long LONGEST_SECONDS = 600;

  /** A watch that lasts is no reason to wait before the next one. */
  private static final Duration LASTS = Duration.ofSeconds(5);

  private final ApiServer api;
  private final Selection selection;
  private final long pageSize;
  private final ObjectListener listener;
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final SplittableRandom random = new SplittableRandom();
  private final Pause pause = new Pause(random);
  private final Thread thread;

  /** Held while objects are handed out, so that nothing is told after the end. */
  private final Lock telling = new ReentrantLock();

  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** The version of each object that was handed out, by its key. */
  private final Map<String, String> known = new HashMap<>();

  private String version = "";
  private boolean isListed;
  private volatile Optional<InputStream> open = Optional.empty();
  private volatile boolean isWatching;
  private volatile long lastHeard;
  private volatile long lastCurrent;

  /**
   * Creates a watch; nothing is asked for before {@link #start}.
   *
   * @param pageSize how many objects are asked for at once
   * @param nanoTime a clock that nobody sets
   */
  ObjectWatch(
      ApiServer api,
      Selection selection,
      long pageSize,
      ObjectListener listener,
      Progress progress,
      LongSupplier nanoTime) {
    this.api = api;
    this.selection = selection;
    this.pageSize = pageSize;
    this.listener = listener;
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.lastHeard = nanoTime.getAsLong();
    this.lastCurrent = lastHeard;
    this.thread = Thread.ofVirtual().name("watch " + selection.name()).unstarted(this::run);
  }

  /** Begins to list and to watch, without waiting; what is read counts as missing until then. */
  void start() {
    progress.awaits(selection.name(), "is being read");
    thread.start();
  }

  /** Returns how old what was handed out may be; zero while the watch works. */
  Duration age() {
    long now = nanoTime.getAsLong();
    Duration silence = Duration.ofNanos(now - lastHeard);
    if (isWatching) {
      return silence.compareTo(SILENCE) <= 0 ? Duration.ZERO : silence;
    }
    return Duration.ofNanos(now - lastCurrent);
  }

  /** Begins anew if nothing has been heard for longer than bookmarks allow. */
  void checkSilence() {
    if (isWatching && Duration.ofNanos(nanoTime.getAsLong() - lastHeard).compareTo(SILENCE) > 0) {
      LOG.warnf("%s: nothing has been heard for %d s", selection.name(), SILENCE.toSeconds());
      reconnect();
    }
  }

  /** Gives up the connection, which may not work any more, and makes another. */
  void reconnect() {
    open.ifPresent(ObjectWatch::closeQuietly);
  }

  /** Makes the next attempt now, if there is a pause before it. */
  void hurry() {
    pause.end();
  }

  /** Stops; nothing more is told. */
  @Override
  public void close() {
    end(() -> {});
  }

  /** Stops, and takes back every object that was handed out, because their kind is gone. */
  void forget() {
    end(() -> known.keySet().forEach(key -> listener.removed(idOf(key))));
    progress.done(selection.name());
  }

  private void end(Runnable last) {
    telling.lock();
    try {
      if (isClosed.compareAndSet(false, true)) {
        last.run();
      }
    } finally {
      telling.unlock();
    }
    thread.interrupt();
  }

  private void run() {
    while (!isClosed.get()) {
      try {
        if (version.isEmpty()) {
          list();
        }
        if (watch()) {
          continue;
        }
      } catch (RefusedException e) {
        if (e.code() == RefusedException.GONE) {
          version = "";
        }
        failed(e);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        failed(e);
      }
      try {
        pause.await();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void failed(Throwable failure) {
    if (isClosed.get()) {
      return;
    }
    String reason = ApiServer.reason(failure);
    LOG.warnf("%s: trying again: %s", selection.name(), reason);
    progress.delays(selection.name(), reason);
  }

  private void list() throws IOException {
    Set<String> seen = new HashSet<>();
    Page page = new Page("", "");
    do {
      try (InputStream in =
          opened(api.get(selection.list(pageSize, page.next()), ANSWER, ANSWER.multipliedBy(2)))) {
        page = Page.read(in, object -> seen(object, seen), this::unreadable);
      } finally {
        open = Optional.empty();
      }
    } while (!page.next().isEmpty());
    tell(() -> listed(seen));
    heard();
    lastCurrent = lastHeard;
    version = page.version();
  }

  private void seen(WatchedObject object, Set<String> seen) {
    seen.add(object.id().key());
    if (!object.id().version().equals(known.get(object.id().key()))) {
      put(object);
    }
  }

  private void listed(Set<String> seen) {
    known.keySet().stream()
        .filter(key -> !seen.contains(key))
        .toList()
        .forEach(
            key -> {
              known.remove(key);
              listener.removed(idOf(key));
            });
    if (!isListed) {
      isListed = true;
      LOG.debugf("%s: %d objects", selection.name(), known.size());
      listener.listed();
      progress.done(selection.name());
    }
  }

  /** Returns true if the watch has lasted, and ended in good order. */
  private boolean watch() throws IOException {
    long begin = nanoTime.getAsLong();
    long seconds = random.nextLong(SHORTEST_SECONDS, LONGEST_SECONDS + 1);
    try (InputStream in =
        opened(
            api.get(
                selection.watch(version, Duration.ofSeconds(seconds)),
                ANSWER,
                SILENCE.plus(ANSWER)))) {
      heard();
      isWatching = true;
      WatchEvents events = new WatchEvents(in);
      for (Optional<WatchEvents.Event> event = events.next();
          event.isPresent();
          event = events.next()) {
        heard();
        tellOf(event.get());
        pause.reset();
      }
    } finally {
      lastCurrent = isWatching ? nanoTime.getAsLong() - age().toNanos() : lastCurrent;
      isWatching = false;
      open = Optional.empty();
    }
    return Duration.ofNanos(nanoTime.getAsLong() - begin).compareTo(LASTS) > 0;
  }

  private void tellOf(WatchEvents.Event event) {
    event.object().ifPresent(object -> tellOf(event.type(), object));
    if (event.object().isEmpty()) {
      unreadable(event.problem());
    }
  }

  private void tellOf(WatchEvents.Type type, WatchedObject object) {
    switch (type) {
      case PUT -> put(object);
      case REMOVED ->
          tell(
              () -> {
                known.remove(object.id().key());
                listener.removed(object.id());
              });
      case BOOKMARK, UNREADABLE -> {}
    }
    if (!object.id().version().isEmpty()) {
      version = object.id().version();
    }
  }

  private void put(WatchedObject object) {
    tell(
        () -> {
          known.put(object.id().key(), object.id().version());
          try {
            listener.put(object);
          } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "%s: %s is passed over", selection.name(), object.id().key());
          }
        });
  }

  private void unreadable(String problem) {
    tell(() -> listener.unreadable(problem));
  }

  private void tell(Runnable what) {
    telling.lock();
    try {
      if (!isClosed.get()) {
        what.run();
      }
    } finally {
      telling.unlock();
    }
  }

  private void heard() {
    lastHeard = nanoTime.getAsLong();
  }

  private InputStream opened(InputStream in) {
    open = Optional.of(in);
    return in;
  }

  private static ObjectId idOf(String key) {
    int slash = key.indexOf('/');
    return new ObjectId(key.substring(0, slash), key.substring(slash + 1), "", "");
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      LOG.debugf("a connection is not closed in good order: %s", e.getMessage());
    }
  }
}
