package dev.lintel.webhook;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.catalogue.RulePages;
import dev.lintel.rule.Impact;
import dev.lintel.rule.Rule;
import dev.lintel.rule.RuleInfo;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the rules' pages at {@code /rules/CODE} of the management port: findings name them, so
 * somebody has to publish them. They are what the build packs, and tell nothing of the cluster.
 */
@Singleton
class RulePageRoute {

  private static final String MARKDOWN = "text/markdown";
  private static final String PLAIN = "text/plain";

  private final Map<String, String> pages = new HashMap<>();
  private final String list;

  /** Reads all pages, so that a request costs no reading and a lost page is found at the start. */
  RulePageRoute() {
    RuleCatalogue catalogue = RuleCatalogue.complete();
    for (Rule rule : catalogue.rules()) {
      pages.put(rule.info().code(), page(rule.info()));
    }
    pages.put(Impact.INFO.code(), page(Impact.INFO));
    list =
        catalogue.rules().stream()
            .map(Rule::info)
            .map(rule -> "%s %s: %s%n".formatted(rule.code(), rule.name(), rule.summary()))
            .collect(Collectors.joining());
  }

  void register(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get("/rules").handler(context -> answer(context, Optional.of(list)));
    router.get("/rules/").handler(context -> answer(context, Optional.of(list)));
    router
        .get("/rules/:code")
        .handler(context -> answer(context, Optional.ofNullable(pages.get(code(context)))));
  }

  private static String code(RoutingContext context) {
    return Optional.ofNullable(context.pathParam("code")).orElse("").replaceFirst("\\.md$", "");
  }

  /** Browsers show plain text and would save Markdown; who asks for Markdown gets it so. */
  private static void answer(RoutingContext context, Optional<String> page) {
    HttpServerResponse response = context.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (page.isPresent()) {
      String type = asksForMarkdown(context.request().getHeader("Accept")) ? MARKDOWN : PLAIN;
      response.putHeader("Content-Type", type + "; charset=utf-8").end(page.get());
    } else {
      response
          .setStatusCode(HttpURLConnection.HTTP_NOT_FOUND)
          .putHeader("Content-Type", PLAIN + "; charset=utf-8")
          .end("no rule has this code; /rules lists all\n");
    }
  }

  private static boolean asksForMarkdown(@Nullable String accept) {
    return accept != null && accept.contains(MARKDOWN);
  }

  private static String page(RuleInfo rule) {
    try {
      return RulePages.markdown(rule);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
