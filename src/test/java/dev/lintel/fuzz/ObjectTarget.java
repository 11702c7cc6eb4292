package dev.lintel.fuzz;

import com.fasterxml.jackson.core.JsonParser;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cost.Shop;
import dev.lintel.judge.Judge;
import dev.lintel.judge.Verdict;
import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.policy.Policy;
import dev.lintel.resource.JsonBody;
import dev.lintel.resource.Kind;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Resources;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An object of any kind, as a watch brings it: its kind as a letter, then the object. It is taken
 * into a shop, where others write.
 */
final class ObjectTarget implements Target {

  /** Of what is longer than its limit, the first part is read, whatever that is. */
  private static final int MAX_REORDERED = 2_000;

  private final Judge judge = new Judge(RuleCatalogue.complete());
  private final Topology shop = Shop.topology();
  private final List<Write> writes = Shop.writes();

  @Override
  public List<byte[]> seeds() {
    List<String> seeds = new ArrayList<>();
    for (Manifest manifest : Material.objects()) {
      Kind.of(manifest.apiVersion(), manifest.kindName())
          .ifPresent(kind -> seeds.add((char) ('a' + kind.ordinal()) + manifest.json()));
    }
    return Material.bytes(seeds);
  }

  @Override
  public List<String> words() {
    return Material.words(seeds());
  }

  @Override
  public void take(byte[] input) {
    read(input).ifPresent(object -> join(object));
  }

  @Override
  public void check(byte[] input) {
    Optional<Resource> read = read(input);
    read.ifPresent(this::checkJoining);
    if (input.length > 0 && input.length <= MAX_REORDERED) {
      Reordered.of(Arrays.copyOfRange(input, 1, input.length), text -> text)
          .ifPresent(
              same ->
                  Must.hold(
                      read.equals(read(kind(input), same)),
                      "the order of fields changes what is read: " + read));
    }
  }

  private void checkJoining(Resource object) {
    Topology with = join(object);
    Must.hold(
        with.find(object.ref()).equals(Optional.of(object)), "the object is not where it belongs");
    Change undo = shop.find(object.ref()).map(Change::put).orElse(Change.remove(object.ref()));
    Must.hold(with.apply(undo).equals(shop), "the object leaves something behind");
  }

  private Topology join(Resource object) {
    if (judge.kinds().contains(object.kind())) {
      judge(shop, Write.create(object, "ann"));
    }
    Topology with = shop.apply(Change.put(object));
    for (Write write : writes) {
      judge(with, write);
    }
    return with;
  }

  private void judge(Topology state, Write write) {
    Verdict verdict = judge.judge(state, write, Policy.DEFAULT);
    verdict.findings().forEach(judged -> Must.beOneLine(judged.rule().code()));
  }

  private static Optional<Resource> read(byte[] input) {
    return input.length == 0
        ? Optional.empty()
        : read(kind(input), Arrays.copyOfRange(input, 1, input.length));
  }

  private static Kind kind(byte[] input) {
    return Kind.values()[Math.floorMod(input[0] - 'a', Kind.values().length)];
  }

  private static Optional<Resource> read(Kind kind, byte[] json) {
    try (JsonParser parser = new JsonBody(json, json.length).parser()) {
      return Optional.of(Resources.read(kind, parser));
    } catch (MalformedObjectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
