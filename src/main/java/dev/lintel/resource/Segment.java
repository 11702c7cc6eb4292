package dev.lintel.resource;

import java.util.List;

/**
 * A Segment of Solo's Istio: clusters that peer with each other under a domain of their own
 * (docs/domain.md, 5.4).
 *
 * @param metadata its metadata
 * @param domain {@code spec.domain}, which takes the place of the global domain; empty if absent
 * @param aliases {@code spec.aliases[].pattern}: further domains or hosts, as written
 */
public record Segment(Metadata metadata, String domain, List<String> aliases) implements Resource {

  /** Copies the list, so that the record is immutable. */
  public Segment {
    aliases = List.copyOf(aliases);
  }

  @Override
  public Kind kind() {
    return Kind.SEGMENT;
  }

  @Override
  public Segment withMetadata(Metadata other) {
    return new Segment(other, domain, aliases);
  }
}
