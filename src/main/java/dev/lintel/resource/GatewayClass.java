package dev.lintel.resource;

/**
 * A GatewayClass.
 *
 * @param metadata its metadata
 * @param controllerName {@code spec.controllerName}
 */
public record GatewayClass(Metadata metadata, String controllerName) implements Resource {

  @Override
  public Kind kind() {
    return Kind.GATEWAY_CLASS;
  }

  @Override
  public GatewayClass withMetadata(Metadata other) {
    return new GatewayClass(other, controllerName);
  }
}
