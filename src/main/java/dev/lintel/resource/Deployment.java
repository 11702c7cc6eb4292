package dev.lintel.resource;

import java.util.List;
import java.util.Map;

/**
 * A Deployment, of which only images and environment matter: they tell versions and settings of
 * istiod and of kgateway's controller.
 *
 * @param metadata its metadata
 * @param containers its containers
 */
public record Deployment(Metadata metadata, List<Container> containers) implements Resource {

  /** Copies the collections, so that the record is immutable. */
  public Deployment {
    containers = List.copyOf(containers);
  }

  @Override
  public Kind kind() {
    return Kind.DEPLOYMENT;
  }

  @Override
  public Deployment withMetadata(Metadata other) {
    return new Deployment(other, containers);
  }

  /**
   * A container.
   *
   * @param name its name
   * @param image its image as written
   * @param environment the variables set by a literal value whose names a rule reads (see {@link
   *     KeyFilter})
   * @param hasOtherSources whether values come from elsewhere too ({@code valueFrom} or {@code
   *     envFrom}), so that a variable that is not listed is unknown and not absent
   */
  public record Container(
      String name, String image, Map<String, String> environment, boolean hasOtherSources) {
    /** Copies the variables, so that the record is immutable. */
    public Container {
      environment = Map.copyOf(environment);
    }
  }
}
