package dev.lintel.state;

import dev.lintel.mesh.Platform;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The objects that exist, from wherever they are known. Each of them has been created, be it at a
 * time that nobody knows; as age decides which object counts, an age is given in this place only.
 *
 * <p>An object that does not say since when it exists is younger than all that do say, and older
 * than what is about to be created. Those that were there at first are of one age; those that come
 * later follow in their order.
 *
 * <p>A manifest does not say what controllers fill in. Where an object that exists is written anew,
 * its status, addresses and age stay; where nothing of it is known, its manifest leaves them open.
 */
public final class Existing {

  private static final Instant UNKNOWN = Metadata.NOT_YET.minus(Duration.ofDays(1));

  private final Topology topology;
  private final long arrivals;

  private Existing(Topology topology, long arrivals) {
    this.topology = topology;
    this.arrivals = arrivals;
  }

  /** Returns the objects that are there at first; of two of one identity the later one counts. */
  public static Existing of(Platform platform, Iterable<? extends Resource> objects) {
    return new Existing(Topology.empty(platform), 0).with(objects);
  }

  /** Returns a topology's objects, all of which are there at first. */
  public static Existing of(Topology topology) {
    return of(topology.platform(), topology.resources().toList());
  }

  /** Returns the objects as a topology. */
  public Topology topology() {
    return topology;
  }

  /** Returns these objects, and others that are there at first and count before those of a name. */
  public Existing with(Iterable<? extends Resource> others) {
    Topology all = topology;
    for (Resource other : others) {
      all = all.apply(Change.put(aged(kept(other, all), UNKNOWN)));
    }
    return new Existing(all, arrivals);
  }

  /** Returns the objects after something has happened to one of them. */
  public Existing after(Change change) {
    return switch (change) {
      case Change.Put put -> after(put.resource());
      case Change.Remove remove -> new Existing(topology.apply(remove), arrivals);
    };
  }

  /**
   * Returns the objects after some of them were replaced by others, as by a commit: what only the
   * first have is gone. A status that is written differently is no change, for nobody writes it.
   *
   * @param from some of these objects, in the form that they were read in
   * @param to what stands in their place
   */
  public Existing replacing(Iterable<? extends Resource> from, Iterable<? extends Resource> to) {
    Set<ResourceRef> staying = new HashSet<>();
    to.forEach(object -> staying.add(object.ref()));
    Existing next = this;
    for (Resource object : from) {
      if (!staying.contains(object.ref())) {
        next = next.after(Change.remove(object.ref()));
      }
    }
    for (Resource object : to) {
      Resource meant =
          topology.find(object.ref()).map(known -> Kept.unlessStatus(known, object)).orElse(object);
      next = next.after(Change.put(meant));
    }
    return next;
  }

  /** An object that is only replaced keeps its age. */
  private Existing after(Resource object) {
    Resource aged = aged(kept(object, topology), UNKNOWN.plusNanos(arrivals + 1));
    return new Existing(topology.apply(Change.put(aged)), arrivals + 1);
  }

  /** Returns the same objects under other platform facts. */
  public Existing withPlatform(Platform platform) {
    return new Existing(topology.withPlatform(platform), arrivals);
  }

  /**
   * Returns an earlier form of an object, which existed: what it leaves open, such as since when, a
   * state may know.
   */
  public static Resource earlier(Resource form, Topology state) {
    return aged(kept(form, state), UNKNOWN);
  }

  /** Returns an object with what it leaves open, as a state has that. */
  public static Resource kept(Resource written, Topology state) {
    return state.find(written.ref()).map(known -> kept(written, known)).orElse(written);
  }

  /** Returns an object with what it leaves open, as an earlier form of it has that. */
  public static Resource kept(Resource written, Resource earlier) {
    return Kept.of(earlier, written);
  }

  private static Resource aged(Resource object, Instant created) {
    Metadata metadata = object.metadata();
    return metadata.created().equals(Metadata.NOT_YET)
        ? object.withMetadata(metadata.createdAt(created))
        : object;
  }
}
