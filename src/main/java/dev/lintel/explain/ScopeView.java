package dev.lintel.explain;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.ResourceRef;
import java.util.List;
import java.util.Optional;

/**
 * A host's place in a mesh of several clusters (docs/domain.md, 5).
 *
 * @param written what is written of scope and takeover, with where it stands
 * @param peered whether other clusters know it, in words
 * @param globalHost the host under which it is global; empty if it is not peered, or the domain is
 *     not known
 * @param endpoints whose endpoints answer to which host, in words
 * @param generated the ServiceEntries that peering generated for it
 * @param clusters the other clusters that are seen to export it, by name
 */
public record ScopeView(
    List<String> written,
    Statement peered,
    Optional<HostName> globalHost,
    List<Statement> endpoints,
    List<ResourceRef> generated,
    List<String> clusters) {

  /** Copies the lists, so that the record is immutable. */
  public ScopeView {
    written = List.copyOf(written);
    endpoints = List.copyOf(endpoints);
    generated = List.copyOf(generated);
    clusters = List.copyOf(clusters);
  }
}
