package dev.lintel.webhook;

import java.nio.charset.StandardCharsets;

/** Reviews as the API server sends them, with apostrophes for quotation marks. */
final class Reviews {

  static final String SERVICE =
      "{'apiVersion':'v1','kind':'Service','metadata':{'name':'cart','namespace':'shop'},"
          + "'spec':{'ports':[{'port':80}]}}";

  /** Raises TD-001. */
  static final String BAD_SERVICE =
      "{'apiVersion':'v1','kind':'Service','metadata':{'name':'cart','namespace':'shop',"
          + "'annotations':{'networking.istio.io/traffic-distribution':'PreferClosest'}},"
          + "'spec':{'ports':[{'port':80}]}}";

  /** Accepted by an API server without a schema, and not by Lintel's reader. */
  static final String UNREADABLE_SERVICE =
      "{'metadata':{'name':'cart','namespace':'shop'},'spec':{'ports':[{'port':'http'}]}}";

  private Reviews() {}

  static byte[] create(String object) {
    return service("CREATE", "'object':" + object);
  }

  static byte[] update(String old, String object) {
    return service("UPDATE", "'oldObject':" + old + ",'object':" + object);
  }

  static byte[] service(String operation, String more) {
    return review(
        "'uid':'7f1c','kind':{'group':'','version':'v1','kind':'Service'},'operation':'"
            + operation
            + "','namespace':'shop','name':'cart','userInfo':{'username':'ann'},"
            + more);
  }

  /** Returns the review of a new Service. */
  static byte[] named(String name, String namespace, String user) {
    return review(
        "'uid':'7f1c','kind':{'group':'','version':'v1','kind':'Service'},'operation':'CREATE',"
            + "'namespace':'%s','name':'%s','userInfo':{'username':'%s'},"
                .formatted(namespace, name, user)
            + "'dryRun':true,'object':"
            + SERVICE.replace("cart", name).replace("shop", namespace));
  }

  /** Returns the review of the ConfigMap that holds a policy. */
  static byte[] policy(String document) {
    return review(
        "'uid':'7f1c','kind':{'group':'','version':'v1','kind':'ConfigMap'},'operation':'CREATE',"
            + "'namespace':'lintel-system','name':'lintel-policy','userInfo':{'username':'ann'},"
            + "'object':{'metadata':{'name':'lintel-policy'},'data':{'policy.yaml':'"
            + document.replace("\n", "\\n")
            + "'}}");
  }

  static byte[] review(String request) {
    return bytes(
        "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','request':{"
            + request
            + "}}");
  }

  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
