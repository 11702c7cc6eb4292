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
   * @param labels the labels of the workload; empty if they are not known
   */
  public record Endpoint(Place place, boolean ready, Optional<Map<String, String>> labels) {
    /** Copies the labels, so that the record is immutable. */
    public Endpoint {
      labels = labels.map(Map::copyOf);
    }
  }
}
