package dev.lintel.fuzz;

import dev.lintel.cost.Shop;
import dev.lintel.manifest.Manifest;
import dev.lintel.policy.Policy;
import dev.lintel.replay.Outcome;
import dev.lintel.replay.Replay;
import dev.lintel.resource.Kind;
import dev.lintel.state.Existing;
import dev.lintel.topology.Topology;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** An audit log. */
final class AuditTarget implements Target {

  private static final String EVENT =
      "{'kind':'Event','apiVersion':'audit.k8s.io/v1','stage':'ResponseComplete','verb':'%s',"
          + "'requestURI':'/apis/x?dryRun=None','user':{'username':'ann','groups':['team']},"
          + "'objectRef':{'resource':'%s','namespace':'shop','name':'cart','apiGroup':'%s'},"
          + "'responseStatus':{'code':%d},'requestReceivedTimestamp':'2026-11-01T08:00:00.1Z',"
          + "'requestObject':";

  private final Topology shop = Shop.topology();

  @Override
  public List<byte[]> seeds() {
    List<String> seeds = new ArrayList<>();
    for (Manifest manifest : Material.objects()) {
      Kind.of(manifest.apiVersion(), manifest.kindName())
          .ifPresent(
              kind ->
                  seeds.add(
                      event("create", kind, 201, manifest)
                          + "\n"
                          + event("update", kind, 422, manifest)
                          + "\n"
                          + event("delete", kind, 200, manifest)
                          + "\n"));
    }
    return Material.bytes(seeds);
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(Material.words(seeds()));
    words.addAll(List.of("patch", "deletecollection", "impersonatedUser", "items"));
    return words;
  }

  @Override
  public void take(byte[] input) {
    replay(input, () -> {});
  }

  @Override
  public void check(byte[] input) {
    AtomicLong lines = new AtomicLong();
    Outcome outcome = replay(input, lines::incrementAndGet);
    Must.hold(outcome.unreadableLines() <= lines.get(), "more lines are unreadable than there are");
    Must.hold(
        outcome.denied() + outcome.warned() <= 2 * outcome.judged(),
        "there are more answers than judged writes");
    outcome.unreadable().forEach(Must::beOneLine);
  }

  private Outcome replay(byte[] input, Runnable tick) {
    try {
      return new Replay(Existing.of(shop), Policy.DEFAULT, Duration.ofMinutes(1))
          .run(new ByteArrayInputStream(input), tick);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String event(String verb, Kind kind, int code, Manifest manifest) {
    return EVENT.formatted(verb, kind.plural(), kind.group(), code).replace('\'', '"')
        + manifest.json()
        + ",\"responseObject\":"
        + manifest.json()
        + "}";
  }
}
