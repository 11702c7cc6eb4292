package dev.lintel.report;

import dev.lintel.judge.Judged;
import dev.lintel.judge.Write;
import dev.lintel.mesh.HostName;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names the objects of the writer's namespace, those of Istio's root namespace, those without a
 * namespace, and what the writer's namespace names itself. Of every other object only the kind is
 * said: whoever may write in one namespace need not know what is in the others.
 *
 * <p>Only what a finding says of the objects at hand is looked at, never its fixed words. What
 * cannot be told from a name is taken for one.
 */
public final class NamespaceVeil implements Veil {

  /** More than any name and any sentence about one. */
  private static final int MAX_VALUE = 2048;

  private static final String SOME_NAME = "(not shown)";
  private static final String SOME_OBJECT = "of another namespace";
  private static final String SOME_HOST = "a host of another namespace";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9*](?:[A-Za-z0-9*._/-]*+)");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62})");

  private final Topology topology;
  private final String namespace;
  private final String rootNamespace;
  private final Mentions mentions;

  /** An answer says each finding up to four times: in message, cause, audit annotation and log. */
  private final Map<Judged, String> messages = new IdentityHashMap<>();

  /**
   * Creates a veil for a writer.
   *
   * @param write what is written
   * @param topology the cluster as it is
   */
  public NamespaceVeil(Write write, Topology topology) {
    this.topology = topology;
    this.namespace =
        write.ref().kind() == Kind.NAMESPACE ? write.ref().name() : write.object().namespace();
    this.rootNamespace = topology.platform().rootNamespace();
    this.mentions = new Mentions(write, topology);
  }

  @Override
  public String spoken(ResourceRef ref) {
    return isHidden(ref) ? some(ref.kind()) : ref.spoken();
  }

  @Override
  public String message(Judged judged) {
    return messages.computeIfAbsent(judged, this::veiled);
  }

  private String veiled(Judged judged) {
    Foreign foreign = foreign(judged);
    return judged.finding().message(value -> veiled(value, foreign));
  }

  private static String some(Kind kind) {
    return kind == Kind.NAMESPACE
        ? "another Namespace"
        : "%s %s of another namespace".formatted(article(kind.objectKind()), kind.objectKind());
  }

  private static String article(String word) {
    return "AEIOUHX".indexOf(word.charAt(0)) >= 0 ? "an" : "a";
  }

  private boolean isHidden(ResourceRef ref) {
    return ref.kind() == Kind.NAMESPACE
        ? isForeign(ref.name()) && !mentions.has(ref.name())
        : !ref.namespace().isEmpty() && isHidden(ref.namespace(), ref.name());
  }

  private boolean isHidden(String otherNamespace, String name) {
    return isForeign(otherNamespace) && !mentions.hasBoth(otherNamespace, name);
  }

  private boolean isForeign(String otherNamespace) {
    return !otherNamespace.equals(namespace) && !otherNamespace.equals(rootNamespace);
  }

  /**
   * What a finding may name that must not be.
   *
   * @param namespaces the namespaces of the hidden objects that it rests on
   * @param names their names
   * @param hosts the hosts that they write
   */
  private record Foreign(Set<String> namespaces, Set<String> names, Set<HostName> hosts) {}

  private Foreign foreign(Judged judged) {
    Foreign foreign = new Foreign(new HashSet<>(), new HashSet<>(), new HashSet<>());
    Stream.concat(Stream.of(judged.subject()), judged.finding().evidence().stream())
        .filter(this::isHidden)
        .forEach(
            ref -> {
              foreign.namespaces.add(ref.namespace());
              foreign.names.add(ref.name());
              topology.find(ref).ifPresent(found -> foreign.hosts.addAll(hosts(found)));
            });
    return foreign;
  }

  private List<HostName> hosts(Resource object) {
    return switch (object) {
      case DestinationRule rule -> List.of(topology.rules().hostOf(rule));
      case ServiceEntry entry -> entry.hosts().stream().map(HostName::new).toList();
      case VirtualService service -> service.hosts().stream().map(HostName::new).toList();
      case Service _,
          Namespace _,
          GatewayClass _,
          Gateway _,
          Route _,
          ReferenceGrant _,
          ListenerSet _,
          BackendConfigPolicy _,
          BackendTlsPolicy _,
          MeshConfig _,
          WorkloadEntry _,
          Segment _,
          EndpointSlice _,
          Node _,
          Pod _,
          Deployment _ ->
          List.of();
    };
  }

  private String veiled(String written, Foreign foreign) {
    String value = Lines.shortened(written, MAX_VALUE);
    StringBuilder veiled = new StringBuilder(value.length());
    Matcher tokens = TOKEN.matcher(value);
    int done = 0;
    Word before = new Word("", 0, 0);
    while (tokens.find()) {
      Word word = Word.of(tokens);
      Optional<Kind> kind = before.kindBefore(word, value);
      Optional<String> shown = replacement(word.text, kind.isPresent(), foreign);
      if (shown.isPresent()) {
        veiled.append(value, done, kind.isPresent() ? before.start : word.start);
        veiled.append(kind.map(NamespaceVeil::some).orElse(shown.get()));
        done = word.end;
      }
      before = word;
    }
    return done == 0 ? value : veiled.append(value, done, value.length()).toString();
  }

  /** Returns what is said in place of a word; empty if the word may stand. */
  private Optional<String> replacement(String word, boolean isOfKind, Foreign foreign) {
    int slash = word.indexOf('/');
    if (slash > 0) {
      return isHiddenObject(word.substring(0, slash), word.substring(slash + 1), isOfKind)
          ? Optional.of(SOME_OBJECT)
          : Optional.empty();
    }
    if (word.indexOf('.') > 0) {
      return isHiddenHost(new HostName(word), foreign) ? Optional.of(SOME_HOST) : Optional.empty();
    }
    return isHiddenName(word, foreign) ? Optional.of(SOME_NAME) : Optional.empty();
  }

  /** A place in a region has a slash as well, and so have keys of labels, with dots before it. */
  private boolean isHiddenObject(String otherNamespace, String name, boolean isOfKind) {
    return LABEL.matcher(otherNamespace).matches()
        && isHidden(otherNamespace, name)
        && (isOfKind
            || Stream.of(Kind.values())
                .map(kind -> new ResourceRef(kind, otherNamespace, name))
                .anyMatch(ref -> topology.find(ref).isPresent()));
  }

  private boolean isHiddenName(String word, Foreign foreign) {
    boolean isName = foreign.names.contains(word);
    boolean isNamespace =
        isForeign(word)
            && (foreign.namespaces.contains(word) || topology.namespace(word).isPresent());
    return (isName || isNamespace) && !mentions.has(word);
  }

  private boolean isHiddenHost(HostName host, Foreign foreign) {
    if (mentions.has(host.value())) {
      return false;
    }
    Optional<NamespacedName> service = topology.serviceNameOf(host);
    if (service.isEmpty()) {
      service = topology.scopes().globalName(host);
    }
    if (service.isPresent()) {
      return isHidden(service.get().namespace(), service.get().name());
    }
    return foreign.hosts.contains(host) || isOfOthersOnly(host);
  }

  private boolean isOfOthersOnly(HostName host) {
    List<Backend> backends = topology.backendsWithHost(host);
    return !backends.isEmpty()
        && backends.stream().allMatch(backend -> isHidden(backend.resource().ref()));
  }

  /**
   * A word of a value.
   *
   * @param text the word, without the full stop of a sentence
   * @param start where it begins
   * @param end where it ends
   */
  private record Word(String text, int start, int end) {

    static Word of(Matcher token) {
      String text = token.group();
      int length = text.length();
      while (length > 1 && "./-_".indexOf(text.charAt(length - 1)) >= 0) {
        length--;
      }
      return new Word(text.substring(0, length), token.start(), token.start() + length);
    }

    /** Returns the kind that this word says of the next. */
    Optional<Kind> kindBefore(Word next, String value) {
      return next.start == end + 1 && value.charAt(end) == ' '
          ? Stream.of(Kind.values()).filter(kind -> kind.objectKind().equals(text)).findFirst()
          : Optional.empty();
    }
  }
}
