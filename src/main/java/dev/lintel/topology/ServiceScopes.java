package dev.lintel.topology;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.ServiceScope;
import dev.lintel.resource.Metadata;

/** Reads what scopes say as they are written, whoever sets them (docs/domain.md, 5.1 and 5.2). */
public final class ServiceScopes {

  private ServiceScopes() {}

  /** Tells whether a value of the scope peers a Service. */
  public static boolean isPeered(String value) {
    return ServiceScope.parse(value).filter(ServiceScope::isPeered).isPresent();
  }

  /** Tells whether a Service, or a waypoint's, is labelled as global in upstream Istio. */
  public static boolean isGlobalUpstream(Metadata metadata) {
    return metadata.label(Keys.GLOBAL).filter("true"::equals).isPresent();
  }

  static boolean impliesTakeover(String scope) {
    return ServiceScope.parse(scope).filter(ServiceScope.GLOBAL_ONLY::equals).isPresent();
  }
}
