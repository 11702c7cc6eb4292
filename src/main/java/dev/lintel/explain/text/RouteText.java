package dev.lintel.explain.text;

import dev.lintel.explain.RouteView;
import dev.lintel.explain.Target;
import dev.lintel.explain.Target.Arrival;
import dev.lintel.explain.Words;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.RouteReference.Standing;
import java.util.List;

/**
 * Writes who serves a route and where it leads.
 *
 * @param sheet where to
 */
record RouteText(Sheet sheet) {

  void write(RouteView route) {
    sheet.heading("Route");
    sheet.row(0, "Host names", ExplanationText.joined(route.hostnames(), "every host"));
    if (!route.services().isEmpty()) {
      sheet.row(0, "For the mesh", "callers of " + String.join(", ", route.services()));
    }
    sheet.heading("Served by");
    if (route.services().isEmpty() || !route.attachments().isEmpty()) {
      HostText.attachments(sheet, 1, route.attachments(), route.refused());
    } else {
      sheet.line(1, "the waypoints of the Services");
    }
    sheet.heading("Sends to");
    targets(sheet, 1, route.targets());
  }

  /** Writes what references lead to, and by which path. */
  static void targets(Sheet sheet, int depth, List<Target> targets) {
    if (targets.isEmpty()) {
      sheet.line(depth, "nothing");
    }
    for (Target target : targets) {
      String problem =
          target.standing() == Standing.RESOLVED ? "" : ", " + Words.standing(target.standing());
      sheet.line(depth, "-> " + target.reference() + problem);
      for (ResourceRef delegate : target.delegates()) {
        sheet.line(depth + 1, "delegates to " + delegate.spoken());
      }
      for (Arrival arrival : target.arrivals()) {
        sheet.line(
            depth + 1,
            "from %s: %s".formatted(arrival.gateway().spoken(), Words.paths(arrival.paths())));
      }
    }
  }
}
