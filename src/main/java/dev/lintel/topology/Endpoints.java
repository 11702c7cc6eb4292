package dev.lintel.topology;

import dev.lintel.mesh.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints of a backend as one reader sees them, in no particular order (docs/domain.md, 1.4).
 *
 * @param known those that are known
 * @param complete whether these are all: never a No
 */
public record Endpoints(List<Endpoint> known, Fact complete) {

  /** Copies the list, so that the record is immutable. */
  public Endpoints {
    known = List.copyOf(known);
  }

  /** Returns how many are known, 0 or more. */
  public int count() {
    return known.size();
  }

  /**
   * Returns how many the reader balances over, 0 or more: not those that it, or whoever tells it,
   * leaves out because they are not ready.
   */
  public int inUse() {
    return (int) known.stream().filter(Endpoint::inUse).count();
  }

  /** Returns how many of those that the reader balances over are ready, 0 or more. */
  public int readyInUse() {
    return (int) known.stream().filter(Endpoint::inUse).filter(Endpoint::ready).count();
  }

  /** Returns where the known ones are, in their order. */
  public List<Place> places() {
    return known.stream().map(Endpoint::place).toList();
  }

  /** Returns the labels of those whose labels are known, in their order. */
  public List<Map<String, String>> labels() {
    return known.stream().flatMap(endpoint -> endpoint.labels().stream()).toList();
  }

  /**
   * An endpoint.
   *
   * @param place where it is
   * @param ready whether it is ready to serve
   * @param inUse whether the reader balances over it; some leave out what is not ready, which comes
   *     back
   * @param labels the labels of the workload; empty if they are not known
   */
  public record Endpoint(
      Place place, boolean ready, boolean inUse, Optional<Map<String, String>> labels) {
    /** Copies the labels, so that the record is immutable. */
    public Endpoint {
      labels = labels.map(Map::copyOf);
    }
  }
}
