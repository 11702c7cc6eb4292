package dev.lintel.apiserver;

/** Admission reviews as the API server sends them, for when it cannot. */
final class Reviews {

  private Reviews() {}

  /** Returns the review of a Service that rule TD-001 denies. */
  static String ofBadService() {
    return """
    {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
      "uid": "2c6f3a9e-0000-4000-8000-000000000001",
      "kind": {"group": "", "version": "v1", "kind": "Service"},
      "resource": {"group": "", "version": "v1", "resource": "services"},
      "name": "canary", "namespace": "others", "operation": "CREATE", "dryRun": true,
      "userInfo": {"username": "someone", "groups": ["system:authenticated"]},
      "object": {"apiVersion": "v1", "kind": "Service",
        "metadata": {"name": "canary", "namespace": "others",
          "annotations": {"networking.istio.io/traffic-distribution": "PreferClosest"}},
        "spec": {"selector": {"app": "canary"}, "ports": [{"name": "http", "port": 8080}]}}}}
    """;
  }
}
