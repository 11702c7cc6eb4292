package dev.lintel.cost;

import static dev.lintel.resource.Kind.BACKEND_CONFIG_POLICY;
import static dev.lintel.resource.Kind.BACKEND_TLS_POLICY;
import static dev.lintel.resource.Kind.CONFIG_MAP;
import static dev.lintel.resource.Kind.DEPLOYMENT;
import static dev.lintel.resource.Kind.DESTINATION_RULE;
import static dev.lintel.resource.Kind.ENDPOINT_SLICE;
import static dev.lintel.resource.Kind.GATEWAY;
import static dev.lintel.resource.Kind.GATEWAY_CLASS;
import static dev.lintel.resource.Kind.HTTP_ROUTE;
import static dev.lintel.resource.Kind.LISTENER_SET;
import static dev.lintel.resource.Kind.NAMESPACE;
import static dev.lintel.resource.Kind.NODE;
import static dev.lintel.resource.Kind.POD;
import static dev.lintel.resource.Kind.REFERENCE_GRANT;
import static dev.lintel.resource.Kind.SEGMENT;
import static dev.lintel.resource.Kind.SERVICE;
import static dev.lintel.resource.Kind.SERVICE_ENTRY;
import static dev.lintel.resource.Kind.VIRTUAL_SERVICE;
import static dev.lintel.resource.Kind.WORKLOAD_ENTRY;

import dev.lintel.resource.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every text, list and map of the read model, with objects in which it grows. The objects belong to
 * the shop of {@link Shop}, so that its other objects have to do with them.
 */
final class WorstCases {

  private static final Map<Kind, String> OBJECTS =
      Map.ofEntries(
          Map.entry(
              SERVICE,
              "{'metadata':{'name':'cart','namespace':'shop','labels':"
                  + "{'istio.io/use-waypoint':'waypoint','solo.io/service-scope':'global'}},"
                  + "'spec':{'clusterIP':'10.96.40.11','selector':{'app':'cart'},"
                  + "'ports':[{'name':'http','port':8080}]}}"),
          Map.entry(
              SERVICE_ENTRY,
              "{'metadata':{'name':'more','namespace':'shop'},"
                  + "'spec':{'hosts':['rates.example.com'],'location':'MESH_EXTERNAL',"
                  + "'resolution':'STATIC','ports':[{'number':8080,'name':'http'}],"
                  + "'endpoints':[{'address':'198.51.100.11','labels':{'app':'rates'}}]}}"),
          Map.entry(
              DESTINATION_RULE,
              "{'metadata':{'name':'more','namespace':'shop'},"
                  + "'spec':{'host':'cart.shop.svc.cluster.local','trafficPolicy':{"
                  + "'outlierDetection':{'consecutive5xxErrors':5},'loadBalancer':{"
                  + "'localityLbSetting':{'failover':[{'from':'a','to':'b'}]}}}}}"),
          Map.entry(
              NAMESPACE,
              "{'metadata':{'name':'shop','labels':{'istio.io/dataplane-mode':'ambient'}}}"),
          Map.entry(
              GATEWAY_CLASS,
              "{'metadata':{'name':'kgateway'},'spec':{'controllerName':'kgateway.dev/kgateway'}}"),
          Map.entry(
              GATEWAY,
              "{'metadata':{'name':'front','namespace':'edge'},'spec':{"
                  + "'gatewayClassName':'kgateway','listeners':[{'name':'http','port':80,"
                  + "'protocol':'HTTP','allowedRoutes':{'namespaces':{'from':'Selector'}}}]},"
                  + "'status':{'addresses':[{'value':'203.0.113.7'}]}}"),
          Map.entry(
              HTTP_ROUTE,
              "{'metadata':{'name':'more','namespace':'shop'},'spec':{"
                  + "'parentRefs':[{'name':'front','namespace':'edge'}],"
                  + "'rules':[{'backendRefs':[{'name':'cart','port':8080}]}]}}"),
          Map.entry(
              REFERENCE_GRANT,
              "{'metadata':{'name':'more','namespace':'shop'},'spec':{"
                  + "'from':[{'group':'gateway.networking.k8s.io','kind':'HTTPRoute',"
                  + "'namespace':'edge'}],'to':[{'group':'','kind':'Service'}]}}"),
          Map.entry(
              LISTENER_SET,
              "{'metadata':{'name':'more','namespace':'edge'},'spec':{"
                  + "'parentRef':{'name':'front'},'listeners':[{'name':'more','port':81,"
                  + "'protocol':'HTTP','allowedRoutes':{'namespaces':{'from':'Selector'}}}]}}"),
          Map.entry(
              BACKEND_CONFIG_POLICY,
              "{'metadata':{'name':'more','namespace':'shop'},'spec':{"
                  + "'targetRefs':[{'group':'','kind':'Service','name':'cart'}],"
                  + "'targetSelectors':[{'group':'','kind':'Service'}],'outlierDetection':{}}}"),
          Map.entry(
              BACKEND_TLS_POLICY,
              "{'metadata':{'name':'more','namespace':'shop'},'spec':{'targetRefs':"
                  + "[{'group':'','kind':'Service','name':'cart'}]}}"),
          Map.entry(
              VIRTUAL_SERVICE,
              "{'metadata':{'name':'more','namespace':'shop'},'spec':{'hosts':['cart'],"
                  + "'http':[{'route':[{'destination':{'host':'cart'}}]}]}}"),
          Map.entry(
              WORKLOAD_ENTRY,
              "{'metadata':{'name':'more','namespace':'shop'},'spec':{"
                  + "'address':'198.51.100.12','labels':{'app':'rates'}}}"),
          Map.entry(
              SEGMENT,
              "{'metadata':{'name':'more','namespace':'istio-system'},'spec':{"
                  + "'domain':'more.internal','aliases':[]}}"),
          Map.entry(
              ENDPOINT_SLICE,
              "{'metadata':{'name':'cart-1','namespace':'shop','labels':"
                  + "{'kubernetes.io/service-name':'cart'}},'addressType':'IPv4',"
                  + "'endpoints':[{'nodeName':'n-1','zone':'z-1',"
                  + "'targetRef':{'kind':'Pod','name':'cart-0'}}]}"),
          Map.entry(NODE, "{'metadata':{'name':'n-1'}}"),
          Map.entry(
              POD,
              "{'metadata':{'name':'front-1','namespace':'edge','labels':"
                  + "{'gateway.networking.k8s.io/gateway-name':'front'}},'spec':{"
                  + "'nodeName':'n-1','containers':[{'name':'kgateway-proxy'}]}}"),
          Map.entry(
              CONFIG_MAP,
              "{'metadata':{'name':'istio','namespace':'istio-system'},'data':{'mesh':''}}"),
          Map.entry(
              DEPLOYMENT,
              "{'metadata':{'name':'istiod','namespace':'istio-system'},'spec':{'template':"
                  + "{'spec':{'containers':[{'name':'discovery','image':"
                  + "'registry.example/soloio-img/istio/pilot:1.30.2-solo','env':[{'name':'PILOT_A'}]}]}}}}"));

  private final List<WorstCase> cases = new ArrayList<>();

  private WorstCases() {}

  /** Returns every case. */
  static List<WorstCase> all() {
    WorstCases all = new WorstCases();
    all.metadata();
    all.services();
    all.serviceEntries();
    all.destinationRules();
    all.trafficPolicies();
    all.gateways();
    all.routes();
    all.virtualServices();
    all.policies();
    all.workloads();
    all.installation();
    return List.copyOf(all.cases);
  }

  private void metadata() {
    for (Kind kind : OBJECTS.keySet().stream().sorted().toList()) {
      add("Metadata.name", kind, "metadata/name", Filling.text());
      maps("Metadata.labels", kind, "metadata/labels");
      maps("Metadata.annotations", kind, "metadata/annotations");
      if (kind.isNamespaced()) {
        add("Metadata.namespace", kind, "metadata/namespace", Filling.text());
      }
    }
    texts("Metadata.name", SERVICE, "metadata/name");
    texts("Metadata.namespace", SERVICE, "metadata/namespace");
    labels(SERVICE);
    labels(SERVICE_ENTRY);
    labels(NAMESPACE);
    texts("Metadata.annotations", DESTINATION_RULE, "metadata/annotations/lintel.dev~exempt");
    objects("Metadata.owners", SERVICE, "metadata/ownerReferences", "{'kind':'K%d','name':'n'}");
    objects("Metadata.owners", POD, "metadata/ownerReferences", "{'kind':'K%d','name':'n'}");
    texts("Metadata.Owner.kind", SERVICE, "metadata/ownerReferences/0/kind");
    texts("Metadata.Owner.name", SERVICE, "metadata/ownerReferences/0/name");
    texts("Metadata.Owner.uid", SERVICE, "metadata/ownerReferences/0/uid");
    texts("Metadata.uid", GATEWAY, "metadata/uid");
  }

  /** A slash in a key is written as a tilde, as slashes part the steps. */
  private void labels(Kind kind) {
    for (String key :
        List.of(
            "istio.io~use-waypoint",
            "istio.io~use-waypoint-namespace",
            "istio.io~use-waypoint-canary",
            "istio.io~use-waypoint-canary-weight",
            "istio.io~dataplane-mode",
            "gateway.istio.io~managed",
            "solo.io~service-scope",
            "solo.io~parent-service",
            "solo.io~parent-service-namespace",
            "solo.io~source-cluster",
            "admin.solo.io~segment",
            "topology.istio.io~network")) {
      texts("Metadata.labels", kind, "metadata/labels/" + key);
    }
    for (String key :
        List.of(
            "networking.istio.io~traffic-distribution",
            "solo.io~service-scope",
            "lintel.dev~exempt")) {
      texts("Metadata.annotations", kind, "metadata/annotations/" + key);
    }
  }

  private void services() {
    texts("Service.type", SERVICE, "spec/type");
    lists("Service.clusterIps", SERVICE, "spec/clusterIPs");
    maps("Service.selector", SERVICE, "spec/selector");
    objects("Service.ports", SERVICE, "spec/ports", "{'name':'http-%d','port':%d}");
    objects("Service.ports", SERVICE, "spec/ports", "{'name':'http','port':8080}");
    texts("Service.trafficDistribution", SERVICE, "spec/trafficDistribution");
    texts("Service.internalTrafficPolicy", SERVICE, "spec/internalTrafficPolicy");
    texts("Service.ServicePort.name", SERVICE, "spec/ports/0/name");
    texts("Service.ServicePort.targetPort", SERVICE, "spec/ports/0/targetPort");
    texts("Service.ServicePort.protocol", SERVICE, "spec/ports/0/protocol");
    texts("Service.ServicePort.appProtocol", SERVICE, "spec/ports/0/appProtocol");
  }

  private void serviceEntries() {
    lists("ServiceEntry.hosts", SERVICE_ENTRY, "spec/hosts");
    texts("ServiceEntry.hosts", SERVICE_ENTRY, "spec/hosts/0");
    lists("ServiceEntry.addresses", SERVICE_ENTRY, "spec/addresses");
    texts("ServiceEntry.addresses", SERVICE_ENTRY, "spec/addresses/0");
    objects(
        "ServiceEntry.allocatedAddresses",
        SERVICE_ENTRY,
        "status/addresses",
        "{'value':'240.240.0.%d'}");
    objects("ServiceEntry.ports", SERVICE_ENTRY, "spec/ports", "{'number':%d,'name':'http-%d'}");
    texts("ServiceEntry.location", SERVICE_ENTRY, "spec/location");
    texts("ServiceEntry.resolution", SERVICE_ENTRY, "spec/resolution");
    objects(
        "ServiceEntry.endpoints",
        SERVICE_ENTRY,
        "spec/endpoints",
        "{'address':'h-%d.example','locality':'r/z/%d','network':'n-%d','labels':{'app':'a'}}");
    maps("ServiceEntry.workloadSelector", SERVICE_ENTRY, "spec/workloadSelector/labels");
    lists("ServiceEntry.exportTo", SERVICE_ENTRY, "spec/exportTo");
    texts("ServiceEntry.exportTo", SERVICE_ENTRY, "spec/exportTo/0");
    texts("ServiceEntry.Port.name", SERVICE_ENTRY, "spec/ports/0/name");
    texts("ServiceEntry.Port.protocol", SERVICE_ENTRY, "spec/ports/0/protocol");
    texts("ServiceEntry.Endpoint.address", SERVICE_ENTRY, "spec/endpoints/0/address");
    texts("ServiceEntry.Endpoint.network", SERVICE_ENTRY, "spec/endpoints/0/network");
    texts("ServiceEntry.Endpoint.locality", SERVICE_ENTRY, "spec/endpoints/0/locality");
    maps("ServiceEntry.Endpoint.labels", SERVICE_ENTRY, "spec/endpoints/0/labels");
  }

  private void destinationRules() {
    texts("DestinationRule.host", DESTINATION_RULE, "spec/host");
    lists("DestinationRule.exportTo", DESTINATION_RULE, "spec/exportTo");
    texts("DestinationRule.exportTo", DESTINATION_RULE, "spec/exportTo/0");
    maps("DestinationRule.workloadSelector", DESTINATION_RULE, "spec/workloadSelector/matchLabels");
    objects(
        "DestinationRule.subsets",
        DESTINATION_RULE,
        "spec/subsets",
        "{'name':'v%d','labels':{'version':'v%d'},"
            + "'trafficPolicy':{'outlierDetection':{'consecutiveErrors':1},"
            + "'loadBalancer':{'localityLbSetting':{'enabled':true}}}}");
    texts("DestinationRule.Subset.name", DESTINATION_RULE, "spec/subsets/0/name");
    maps("DestinationRule.Subset.labels", DESTINATION_RULE, "spec/subsets/0/labels");
  }

  private void trafficPolicies() {
    for (String place : List.of("spec/trafficPolicy", "spec/subsets/0/trafficPolicy")) {
      trafficPolicy(place);
    }
  }

  private void trafficPolicy(String place) {
    String locality = place + "/loadBalancer/localityLbSetting";
    texts("TrafficPolicy.LoadBalancer.simple", DESTINATION_RULE, place + "/loadBalancer/simple");
    lists(
        "TrafficPolicy.LocalityLbSetting.failoverPriority",
        DESTINATION_RULE,
        locality + "/failoverPriority");
    texts(
        "TrafficPolicy.LocalityLbSetting.failoverPriority",
        DESTINATION_RULE,
        locality + "/failoverPriority/0");
    objects(
        "TrafficPolicy.LocalityLbSetting.distribute",
        DESTINATION_RULE,
        locality + "/distribute",
        "{'from':'r/z/%d','to':{'r/z/*':100}}");
    objects(
        "TrafficPolicy.LocalityLbSetting.failover",
        DESTINATION_RULE,
        locality + "/failover",
        "{'from':'r%d','to':'s%d'}");
    texts("TrafficPolicy.Distribute.from", DESTINATION_RULE, locality + "/distribute/0/from");
    add(
        "TrafficPolicy.Distribute.to",
        DESTINATION_RULE,
        locality + "/distribute/0/to",
        Filling.numbers("r/%d"));
    texts("TrafficPolicy.Failover.from", DESTINATION_RULE, locality + "/failover/0/from");
    texts("TrafficPolicy.Failover.to", DESTINATION_RULE, locality + "/failover/0/to");
    texts(
        "TrafficPolicy.LoadBalancer.zonePriority",
        DESTINATION_RULE,
        place + "/loadBalancer/zoneAwareLbSetting/failoverPriority/0");
    maps("TrafficPolicy.OutlierDetection.fields", DESTINATION_RULE, place + "/outlierDetection");
    texts(
        "TrafficPolicy.OutlierDetection.fields",
        DESTINATION_RULE,
        place + "/outlierDetection/maxEjectionPercent");
    maps("TrafficPolicy.ConnectionPool.tcpFields", DESTINATION_RULE, place + "/connectionPool/tcp");
    maps(
        "TrafficPolicy.ConnectionPool.httpFields",
        DESTINATION_RULE,
        place + "/connectionPool/http");
    texts("TrafficPolicy.tlsMode", DESTINATION_RULE, place + "/tls/mode");
    texts("TrafficPolicy.digest", DESTINATION_RULE, place + "/connectionPool/http/idleTimeout");
    maps("TrafficPolicy.digest", DESTINATION_RULE, place + "/connectionPool/unread");
    lists("TrafficPolicy.digest", DESTINATION_RULE, place + "/loadBalancer/unread");
    objects(
        "TrafficPolicy.ports",
        DESTINATION_RULE,
        place + "/portLevelSettings",
        "{'port':{'number':%d},'outlierDetection':{'consecutiveErrors':1},"
            + "'loadBalancer':{'localityLbSetting':{'enabled':true}}}");
  }

  private void gateways() {
    texts("Gateway.className", GATEWAY, "spec/gatewayClassName");
    objects(
        "Gateway.listeners",
        GATEWAY,
        "spec/listeners",
        "{'name':'l-%d','port':80,'protocol':'HTTP','hostname':'h-%d.example',"
            + "'allowedRoutes':{'namespaces':{'from':'All'}}}");
    maps("Gateway.infrastructureLabels", GATEWAY, "spec/infrastructure/labels");
    maps("Gateway.infrastructureAnnotations", GATEWAY, "spec/infrastructure/annotations");
    objects("Gateway.addresses", GATEWAY, "status/addresses", "{'value':'h-%d.example'}");
    texts("Gateway.addresses", GATEWAY, "status/addresses/0/value");
    listeners(GATEWAY);
    listeners(LISTENER_SET);
    objects(
        "ListenerSet.listeners",
        LISTENER_SET,
        "spec/listeners",
        "{'name':'l-%d','port':80,'protocol':'HTTP','allowedRoutes':{'namespaces':{'from':'All'}}}");
    texts("NamespacedName.namespace", LISTENER_SET, "spec/parentRef/namespace");
    texts("NamespacedName.name", LISTENER_SET, "spec/parentRef/name");
    texts("GatewayClass.controllerName", GATEWAY_CLASS, "spec/controllerName");
  }

  private void listeners(Kind kind) {
    String listener = "spec/listeners/0";
    String selector = listener + "/allowedRoutes/namespaces/selector";
    texts("Gateway.Listener.name", kind, listener + "/name");
    texts("Gateway.Listener.protocol", kind, listener + "/protocol");
    texts("Gateway.Listener.hostname", kind, listener + "/hostname");
    objects(
        "Gateway.Listener.allowedKinds", kind, listener + "/allowedRoutes/kinds", "{'kind':'K%d'}");
    texts("Gateway.NamespacePolicy.from", kind, listener + "/allowedRoutes/namespaces/from");
    maps("LabelSelector.matchLabels", kind, selector + "/matchLabels");
    objects(
        "LabelSelector.matchExpressions",
        kind,
        selector + "/matchExpressions",
        "{'key':'istio.io/dataplane-mode','operator':'In','values':['ambient']}");
    texts("LabelSelector.Expression.key", kind, selector + "/matchExpressions/0/key");
    texts("LabelSelector.Expression.operator", kind, selector + "/matchExpressions/0/operator");
    lists("LabelSelector.Expression.values", kind, selector + "/matchExpressions/0/values");
  }

  private void routes() {
    objects(
        "Route.parents",
        HTTP_ROUTE,
        "spec/parentRefs",
        "{'name':'front','namespace':'edge','sectionName':'l-%d'}");
    objects("Route.parents", HTTP_ROUTE, "spec/parentRefs", "{'name':'front','namespace':'edge'}");
    lists("Route.hostnames", HTTP_ROUTE, "spec/hostnames");
    texts("Route.hostnames", HTTP_ROUTE, "spec/hostnames/0");
    String rule = "spec/rules/0";
    objects(
        "Route.Rule.backends", HTTP_ROUTE, rule + "/backendRefs", "{'name':'n-%d','port':8080}");
    objects("Route.Rule.backends", HTTP_ROUTE, rule + "/backendRefs", "{'name':'cart','port':%d}");
    objects(
        "Route.rules",
        HTTP_ROUTE,
        "spec/rules",
        "{'backendRefs':[{'group':'networking.istio.io','kind':'Hostname','name':'h-%d.example'}]}");
    objects(
        "Route.rules",
        HTTP_ROUTE,
        "spec/rules",
        "{'matches':[{'path':{'value':'/p-%d'}}],'backendRefs':[{'name':'cart','port':8080}]}");
    String match = rule + "/matches";
    objects("Route.Rule.matches", HTTP_ROUTE, match, "{'path':{'value':'/p-%d'}}");
    objects(
        "Route.Match.conditions", HTTP_ROUTE, match + "/0/headers", "{'name':'x-%d','value':'a'}");
    objects(
        "Route.Match.conditions",
        HTTP_ROUTE,
        match + "/0/queryParams",
        "{'name':'q-%d','value':'a'}");
    texts("Route.Match.conditions", HTTP_ROUTE, match + "/0/headers/0/value");
    texts("Route.Match.pathType", HTTP_ROUTE, match + "/0/path/type");
    texts("Route.Match.path", HTTP_ROUTE, match + "/0/path/value");
    texts("Route.Match.method", HTTP_ROUTE, match + "/0/method");
    for (String field : List.of("group", "kind", "namespace", "name", "sectionName")) {
      texts("Route.ParentRef." + field, HTTP_ROUTE, "spec/parentRefs/0/" + field);
    }
    for (String field : List.of("group", "kind", "namespace", "name")) {
      texts("Route.BackendRef." + field, HTTP_ROUTE, "spec/rules/0/backendRefs/0/" + field);
    }
    objects(
        "ReferenceGrant.from",
        REFERENCE_GRANT,
        "spec/from",
        "{'group':'gateway.networking.k8s.io','kind':'HTTPRoute','namespace':'n-%d'}");
    objects(
        "ReferenceGrant.to",
        REFERENCE_GRANT,
        "spec/to",
        "{'group':'','kind':'Service','name':'n-%d'}");
    for (String field : List.of("group", "kind", "namespace")) {
      texts("ReferenceGrant.From." + field, REFERENCE_GRANT, "spec/from/0/" + field);
    }
    for (String field : List.of("group", "kind", "name")) {
      texts("ReferenceGrant.To." + field, REFERENCE_GRANT, "spec/to/0/" + field);
    }
  }

  private void virtualServices() {
    lists("VirtualService.hosts", VIRTUAL_SERVICE, "spec/hosts");
    texts("VirtualService.hosts", VIRTUAL_SERVICE, "spec/hosts/0");
    lists("VirtualService.gateways", VIRTUAL_SERVICE, "spec/gateways");
    lists("VirtualService.exportTo", VIRTUAL_SERVICE, "spec/exportTo");
    String destinations = "spec/http/0/route";
    objects(
        "VirtualService.destinations",
        VIRTUAL_SERVICE,
        destinations,
        "{'destination':{'host':'h-%d.example','subset':'v%d'}}");
    objects(
        "VirtualService.destinations",
        VIRTUAL_SERVICE,
        destinations,
        "{'destination':{'host':'cart','subset':'v%d'}}");
    texts("VirtualService.Destination.host", VIRTUAL_SERVICE, destinations + "/0/destination/host");
    texts(
        "VirtualService.Destination.subset",
        VIRTUAL_SERVICE,
        destinations + "/0/destination/subset");
  }

  private void policies() {
    objects(
        "BackendConfigPolicy.targets",
        BACKEND_CONFIG_POLICY,
        "spec/targetRefs",
        "{'group':'','kind':'Service','name':'n-%d'}");
    objects(
        "BackendConfigPolicy.selectors",
        BACKEND_CONFIG_POLICY,
        "spec/targetSelectors",
        "{'group':'','kind':'Service','matchLabels':{'app':'n-%d'}}");
    objects(
        "BackendTlsPolicy.targets",
        BACKEND_TLS_POLICY,
        "spec/targetRefs",
        "{'group':'','kind':'Service','name':'n-%d'}");
    for (String field : List.of("group", "kind", "name", "sectionName")) {
      texts("PolicyTarget." + field, BACKEND_TLS_POLICY, "spec/targetRefs/0/" + field);
    }
    for (String field : List.of("group", "kind", "name", "sectionName")) {
      texts("PolicyTarget." + field, BACKEND_CONFIG_POLICY, "spec/targetRefs/0/" + field);
    }
    for (String field : List.of("group", "kind")) {
      texts(
          "BackendConfigPolicy.Selector." + field,
          BACKEND_CONFIG_POLICY,
          "spec/targetSelectors/0/" + field);
    }
    maps(
        "BackendConfigPolicy.Selector.matchLabels",
        BACKEND_CONFIG_POLICY,
        "spec/targetSelectors/0/matchLabels");
  }

  private void workloads() {
    texts("WorkloadEntry.address", WORKLOAD_ENTRY, "spec/address");
    texts("WorkloadEntry.network", WORKLOAD_ENTRY, "spec/network");
    texts("WorkloadEntry.locality", WORKLOAD_ENTRY, "spec/locality");
    maps("WorkloadEntry.specLabels", WORKLOAD_ENTRY, "spec/labels");
    texts(
        "EndpointSlice.serviceName", ENDPOINT_SLICE, "metadata/labels/kubernetes.io~service-name");
    texts("EndpointSlice.addressType", ENDPOINT_SLICE, "addressType");
    objects(
        "EndpointSlice.endpoints",
        ENDPOINT_SLICE,
        "endpoints",
        "{'nodeName':'n-%d','zone':'z-%d','targetRef':{'kind':'Pod','name':'p-%d'}}");
    texts("EndpointSlice.Endpoint.nodeName", ENDPOINT_SLICE, "endpoints/0/nodeName");
    texts("EndpointSlice.Endpoint.zone", ENDPOINT_SLICE, "endpoints/0/zone");
    texts("EndpointSlice.Endpoint.pod", ENDPOINT_SLICE, "endpoints/0/targetRef/name");
    texts("Pod.nodeName", POD, "spec/nodeName");
    objects("Pod.containers", POD, "spec/containers", "{'name':'c-%d'}");
    texts("Pod.containers", POD, "spec/containers/0/name");
  }

  private void installation() {
    add(
        "MeshConfig.scopes",
        CONFIG_MAP,
        "data/mesh",
        Filling.lines(
            "serviceScopeConfigs:",
            "- {scope: GLOBAL, servicesSelector: {matchLabels: {istio.io/global: 'v-%d'}}}"));
    String condition = "{namespaceSelector: {matchLabels: {tier: 'v-%d'}}}";
    add(
        "MeshConfig.EntryVisibility.policies",
        CONFIG_MAP,
        "data/mesh",
        Filling.lines(
            "serviceEntryVisibility:\n  policies:",
            "  - {visibility: NONE, matchingRules: [" + condition + "]}"));
    add(
        "MeshConfig.VisibilityPolicy.namespaces",
        CONFIG_MAP,
        "data/mesh",
        Filling.lines(
            "serviceEntryVisibility:\n  policies:\n  - matchingRules:", "    - " + condition));
    String container = "spec/template/spec/containers";
    texts("Segment.domain", SEGMENT, "spec/domain");
    objects("Segment.aliases", SEGMENT, "spec/aliases", "{'pattern':'{service}.n-%d.internal'}");
    texts("Segment.aliases", SEGMENT, "spec/aliases/0/pattern");
    objects(
        "Deployment.containers",
        DEPLOYMENT,
        container,
        "{'name':'c-%d','image':'registry.example/pilot:1.29.%d'}");
    texts("Deployment.Container.name", DEPLOYMENT, container + "/0/name");
    texts("Deployment.Container.image", DEPLOYMENT, container + "/0/image");
    objects(
        "Deployment.Container.environment",
        DEPLOYMENT,
        container + "/0/env",
        "{'name':'PILOT_%d','value':'true'}");
    texts("Deployment.Container.environment", DEPLOYMENT, container + "/0/env/0/value");
  }

  private void texts(String component, Kind kind, String place) {
    Filling.texts().forEach(filling -> add(component, kind, place, filling));
  }

  private void lists(String component, Kind kind, String place) {
    Filling.lists().forEach(filling -> add(component, kind, place, filling));
  }

  private void maps(String component, Kind kind, String place) {
    Filling.maps().forEach(filling -> add(component, kind, place, filling));
  }

  private void objects(String component, Kind kind, String place, String template) {
    add(component, kind, place, Filling.objects(template));
  }

  private void add(String component, Kind kind, String place, Filling filling) {
    cases.add(new WorstCase(component, kind, OBJECTS.get(kind), place, filling));
  }
}
