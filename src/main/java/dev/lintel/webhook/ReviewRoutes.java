package dev.lintel.webhook;

import dev.lintel.cluster.LintelConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The webhook's endpoints, {@code /validate}, {@code /validate-impact} and {@code
 * /validate-policy}. Event loops only read and write here; what is sent is judged on threads of its
 * own.
 */
@Singleton
class ReviewRoutes {

  private static final long SWEEP_MILLIS = 50;
  private static final String JSON = "application/json";

  private final AdmissionReviewer admissions;
  private final AdmissionReviewer impacts;
  private final PolicyReviewer policies;
  private final Reception reception;
  private final Duration margin;
  private final Duration bodyTimeout;

  ReviewRoutes(
      AdmissionReviewer admissions,
      PolicyReviewer policies,
      Admission admission,
      ImpactAnswerer impacts,
      AdmissionMetrics counts,
      BodyBudget budget,
      JudgingPool pool,
      ServingMetrics metrics,
      Draining draining,
      LintelConfig config,
      ServingConfig serving) {
    this.admissions = admissions;
    this.impacts = new AdmissionReviewer(impacts, counts);
    this.policies = policies;
    this.reception = new Reception(budget, pool, metrics, admission::maxBody, draining::hasBegun);
    this.margin = config.deadlineMargin();
    this.bodyTimeout = serving.bodyTimeout();
  }

  void register(@Observes Router router, Vertx vertx) {
    router.route("/validate").handler(context -> take(context, vertx, admissions));
    router.route("/validate-impact").handler(context -> take(context, vertx, impacts));
    router.route("/validate-policy").handler(context -> take(context, vertx, policies));
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  /** Takes a request in for a reviewer. */
  void take(RoutingContext context, Vertx vertx, Reviewer reviewer) {
    HttpServerRequest request = context.request();
    if (!request.method().equals(HttpMethod.POST)) {
      context.response().setStatusCode(405).putHeader("Allow", "POST").end();
    } else if (!isJson(request.getHeader("Content-Type"))) {
      context.response().setStatusCode(415).end();
    } else {
      Deadline deadline = Deadline.starting(request.getParam("timeout"), margin);
      new Exchange(request, vertx.getOrCreateContext(), reviewer, reception, deadline).start();
    }
  }

  private void sweep() {
    reception.pool().expire();
    reception.budget().endOlderThan(bodyTimeout);
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType == null || contentType.toLowerCase(Locale.ROOT).startsWith(JSON);
  }
}
