package dev.lintel.policy;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keys of the document that stand together and say something of a T. A key is declared here once,
 * with all there is to it: what it looks like, how it is read and written, what changing it means,
 * and a sentence for people.
 */
final class Section<T> implements Entry<T> {

  private final String description;
  private final Map<String, Entry<T>> entries = new LinkedHashMap<>();

  private Section(String description) {
    this.description = description;
  }

  /** Returns the outermost section about a T, without keys. */
  static <T> Section<T> outermost() {
    return new Section<>("");
  }

  /** Declares a section within this one. */
  Section<T> section(String name, String description) {
    Section<T> section = new Section<>(description);
    entries.put(name, section);
    return section;
  }

  /** Declares a key that may be left out. */
  <V> Key<T, V> key(
      String name,
      Form<V> form,
      Function<T, V> value,
      Comparison<V> comparison,
      String description) {
    return keyInContext(name, form, value, comparison.of(value), description);
  }

  /** Declares a key that may be left out, and cannot be compared without what stands around it. */
  <V> Key<T, V> keyInContext(
      String name,
      Form<V> form,
      Function<T, V> value,
      Comparison<T> comparison,
      String description) {
    return declared(name, new Key<>(form, value, comparison, false, description));
  }

  /** Declares a key that states a fact about the installation. */
  <V> Key<T, V> fact(String name, Form<V> form, Function<T, V> value, String description) {
    return key(name, form, value, Comparison.restated(form), description);
  }

  /** Declares a key that may be left out, of what is compared as a whole. */
  <V> Key<T, V> part(String name, Form<V> form, Function<T, V> value, String description) {
    return key(name, form, value, Comparison.withItsWhole(), description);
  }

  /** Declares a key that must be there, of what is compared as a whole. */
  <V> Key<T, V> required(String name, Form<V> form, Function<T, V> value, String description) {
    return declared(name, new Key<>(form, value, Comparison.withItsWhole(), true, description));
  }

  private <V> Key<T, V> declared(String name, Key<T, V> key) {
    entries.put(name, key);
    return key;
  }

  /**
   * Returns the form of what the keys say together.
   *
   * @param otherwise has the values of keys that are left out
   * @param maker makes it of its keys; not asked if one of them is wrong
   */
  Form<T> form(T otherwise, Function<Part<T>, T> maker) {
    return new Form<>(
        schema(),
        place -> {
          int before = place.problems().count();
          Part<T> part = new Part<>(place, otherwise, new IdentityHashMap<>());
          read(place, part);
          return place.problems().count() == before
              ? Optional.of(maker.apply(part))
              : Optional.empty();
        },
        this::written);
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          Map<String, Object> property = Form.keywords("description", entry.description());
          property.putAll(entry.schema());
          properties.put(name, property);
        });
    Map<String, Object> schema = Form.keywords("type", "object", "additionalProperties", false);
    List<String> required =
        entries.entrySet().stream()
            .filter(entry -> entry.getValue().isRequired())
            .map(Map.Entry::getKey)
            .toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("properties", properties);
    return schema;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isRequired() {
    return false;
  }

  @Override
  public void read(Place place, Part<T> into) {
    place.entries().ifPresent(found -> read(place, found, into));
  }

  private void read(Place place, List<Place.Entry> found, Part<T> into) {
    Set<String> missing = new HashSet<>(entries.keySet());
    for (Place.Entry each : found) {
      Entry<T> entry = entries.get(each.name());
      if (entry == null) {
        each.key().problem(() -> Form.unknown("key", each.name(), entries.keySet()));
      } else if (!each.value().isEmpty()) {
        entry.read(each.value(), into);
        missing.remove(each.name());
      }
    }
    entries.forEach(
        (name, entry) -> {
          if (entry.isRequired() && missing.contains(name)) {
            place.at(name).problem(() -> missing(entry));
          }
        });
  }

  private static String missing(Entry<?> entry) {
    return entry.schema().get("enum") instanceof List<?> words && words.size() == 1
        ? "is missing; write `%s`".formatted(words.getFirst())
        : "is missing";
  }

  @Override
  public Optional<Object> written(T whole) {
    Map<String, Object> written = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> entry.written(whole).ifPresent(value -> written.put(name, value)));
    return written.isEmpty() ? Optional.empty() : Optional.of(written);
  }

  @Override
  public Change between(String at, T old, T now) {
    Change change = Change.NONE;
    for (Map.Entry<String, Entry<T>> entry : entries.entrySet()) {
      String path = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
      change = change.and(entry.getValue().between(path, old, now));
    }
    return change;
  }
}
