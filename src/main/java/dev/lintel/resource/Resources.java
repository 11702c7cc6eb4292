package dev.lintel.resource;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** Reads objects: the one entry for admission requests, informers and files. */
public final class Resources {

  private Resources() {}

  /**
   * Reads an object that the API server holds.
   *
   * @param kind what the object is; its own {@code apiVersion} and {@code kind} are not looked at
   * @param parser stands before or on the object's first token; afterwards on its last
   * @return the object, reduced to what rules read
   * @throws MalformedObjectException if the text is not JSON or a field has a wrong type; the
   *     message names the field, or line and column
   */
  public static Resource read(Kind kind, JsonParser parser) throws MalformedObjectException {
    return readWritten(kind, parser).stored();
  }

  /**
   * Reads an object as somebody wrote it, who may have left out what controllers fill in; else see
   * {@link #read}.
   */
  public static Resource readWritten(Kind kind, JsonParser parser) throws MalformedObjectException {
    Cursor in = new Cursor(parser);
    try {
      Resource read = read(kind, in);
      return in.cuts().isEmpty() ? read : read.withMetadata(read.metadata().withCuts(in.cuts()));
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      String where =
          place == null
              ? ""
              : "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr());
      throw new MalformedObjectException(where + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedObjectException("the object cannot be read: " + e.getMessage(), e);
    }
  }

  /** Tells whether rules read a label of this key, of objects of which not all labels are kept. */
  public static boolean keepsLabel(String key) {
    return KeyFilter.keepsKey(key);
  }

  private static Resource read(Kind kind, Cursor in) throws IOException, MalformedObjectException {
    return switch (kind) {
      case SERVICE -> ServiceReader.read(in);
      case SERVICE_ENTRY -> ServiceEntryReader.read(in);
      case DESTINATION_RULE -> DestinationRuleReader.read(in);
      case NAMESPACE -> new Namespace(MetadataReader.readAlone(in, key -> true));
      case GATEWAY_CLASS -> GatewayClassReader.read(in);
      case GATEWAY -> GatewayReader.read(in);
      case HTTP_ROUTE, GRPC_ROUTE, TCP_ROUTE, TLS_ROUTE -> RouteReader.read(kind, in);
      case REFERENCE_GRANT -> ReferenceGrantReader.read(in);
      case LISTENER_SET, X_LISTENER_SET -> ListenerSetReader.read(kind, in);
      case BACKEND_CONFIG_POLICY -> BackendConfigPolicyReader.read(in);
      case BACKEND_TLS_POLICY -> BackendTlsPolicyReader.read(in);
      case VIRTUAL_SERVICE -> VirtualServiceReader.read(in);
      case WORKLOAD_ENTRY -> WorkloadEntryReader.read(in);
      case SEGMENT -> SegmentReader.read(in);
      case ENDPOINT_SLICE -> EndpointSliceReader.read(in);
      case NODE -> new Node(MetadataReader.readAlone(in, KeyFilter::keepsKey));
      case POD -> PodReader.read(in);
      case DEPLOYMENT -> DeploymentReader.read(in);
      case CONFIG_MAP -> MeshConfigReader.read(in);
    };
  }
}
