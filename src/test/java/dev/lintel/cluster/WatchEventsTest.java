package dev.lintel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchEventsTest {

  @Test
  void eventsFollowOneAnother() throws Exception {
    assertThat(
            events(
                event("ADDED", "a", 1)
                    + event("MODIFIED", "a", 2)
                    + event("DELETED", "a", 3)
                    + event("ADDED", "b", 4)))
        .containsExactly("PUT shop/a 1", "PUT shop/a 2", "REMOVED shop/a 3", "PUT shop/b 4");
  }

  @Test
  void aBookmarkHasAVersionAndNoName() throws Exception {
    assertThat(
            events(
                "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Service\",\"metadata\":"
                    + "{\"resourceVersion\":\"12\",\"creationTimestamp\":null}}}"))
        .containsExactly("BOOKMARK / 12");
  }

  @Test
  void anEventWithoutANameIsToldOfAndTheNextOneIsRead() throws Exception {
    assertThat(
            events("{\"type\":\"ADDED\",\"object\":{\"spec\":[[[]]]}}\n" + event("ADDED", "b", 4)))
        .containsExactly("UNREADABLE there is no metadata", "PUT shop/b 4");
  }

  @Test
  void anErrorSaysWhetherTheVersionIsTooOld() {
    assertThatThrownBy(
            () ->
                events(
                    "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"message\":\"too old\","
                        + "\"reason\":\"Expired\",\"code\":410}}"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RefusedException.GONE);
              assertThat(e).hasMessage("too old");
            });
  }

  @Test
  void aWatchThatBreaksWithinAnEventIsAnError() {
    String whole = event("ADDED", "a", 1).strip();
    for (int length = 1; length < whole.length(); length++) {
      String part = whole.substring(0, length);
      assertThatThrownBy(() -> events(part)).as(part).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aWatchThatEndsBetweenEventsEndsInGoodOrder() throws Exception {
    assertThat(events("")).isEmpty();
  }

  @Test
  void anUnknownEventIsAnError() {
    assertThatThrownBy(() -> events(event("RENAMED", "a", 1))).isInstanceOf(IOException.class);
  }

  private static List<String> events(String json) throws IOException {
    WatchEvents watch = new WatchEvents(new JsonFramesTest.Drip(json));
    List<String> events = new ArrayList<>();
    for (Optional<WatchEvents.Event> event = watch.next();
        event.isPresent();
        event = watch.next()) {
      events.add(described(event.get()));
    }
    return events;
  }

  private static String described(WatchEvents.Event event) {
    return event.type()
        + " "
        + event
            .object()
            .map(object -> object.id().key() + " " + object.id().version())
            .orElse(event.problem());
  }

  private static String event(String type, String name, int version) {
    return "{\"type\":\"%s\",\"object\":{\"metadata\":{\"namespace\":\"shop\",\"name\":\"%s\",\"resourceVersion\":\"%d\"}}}\n"
        .formatted(type, name, version);
  }
}
