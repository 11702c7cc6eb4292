package dev.lintel.explain.text;

import dev.lintel.explain.GatewayView;
import dev.lintel.explain.GatewayView.ServedRoute;
import dev.lintel.explain.Words;
import dev.lintel.topology.GatewayRole;

/**
 * Writes what a Gateway is for and what it serves.
 *
 * @param sheet where to
 */
record GatewayText(Sheet sheet) {

  void write(GatewayView gateway) {
    sheet.heading("Gateway");
    sheet.row(0, "Class", "%s: %s".formatted(gateway.className(), Words.role(gateway.role())));
    sheet.row(
        0,
        "Addresses",
        ExplanationText.joined(gateway.addresses(), HostText.sure(gateway.programmed())));
    sheet.rows(0, "Listeners", gateway.listeners());
    gateway
        .kgateway()
        .ifPresent(found -> sheet.row(0, "Controller", ExplanationText.spoken(found)));
    sheet.rows(0, "Known", gateway.facts().stream().map(HostText::sure).toList());
    if (gateway.role() != GatewayRole.WAYPOINT || !gateway.routes().isEmpty()) {
      routes(gateway);
    }
    if (gateway.role() == GatewayRole.WAYPOINT || !gateway.hosts().isEmpty()) {
      hosts(gateway);
    }
  }

  private void routes(GatewayView gateway) {
    sheet.heading("Routes");
    if (gateway.routes().isEmpty()) {
      sheet.line(1, "none");
    }
    for (ServedRoute route : gateway.routes()) {
      sheet.line(
          1,
          "%s, listener %s"
              .formatted(route.route().spoken(), String.join(", ", route.listeners())));
      RouteText.targets(sheet, 2, route.targets());
    }
  }

  private void hosts(GatewayView gateway) {
    sheet.heading("Hosts that are bound to it");
    if (gateway.hosts().isEmpty()) {
      sheet.line(1, "none");
    }
    gateway.hosts().forEach(host -> sheet.line(1, host));
    if (gateway.cut()) {
      sheet.line(1, "and more");
    }
  }
}
