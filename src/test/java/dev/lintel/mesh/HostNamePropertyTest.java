package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of host names, for all names and for all texts. */
class HostNamePropertyTest {

  private static final String DOMAIN = "cluster.local";

  @Property
  void foldingTwiceIsFoldingOnce(@ForAll("texts") String text) {
    HostName once = new HostName(text).folded();
    assertThat(once.folded()).isEqualTo(once);
  }

  @Property
  void caseAndTrailingDotsCountUntilTheyAreFolded(@ForAll("names") HostName name) {
    HostName other = new HostName(name.value().toUpperCase(Locale.ROOT) + ".");
    assertThat(other).isNotEqualTo(name);
    assertThat(other.folded()).isEqualTo(name.folded());
  }

  @Property
  void everyNameCoversItself(@ForAll("names") HostName name) {
    assertThat(name.covers(name)).isTrue();
  }

  @Property
  void twoNamesThatCoverEachOtherAreTheSame(
      @ForAll("names") HostName one, @ForAll("names") HostName other) {
    assertThat(one.covers(other) && other.covers(one)).isEqualTo(one.equals(other));
  }

  @Property
  void whatAWildcardsWildcardCoversTheLargerOneCoversToo(
      @ForAll("names") HostName large,
      @ForAll("names") HostName middle,
      @ForAll("names") HostName small) {
    if (large.covers(middle) && middle.covers(small)) {
      assertThat(large.covers(small)).isTrue();
    }
  }

  @Property
  void theWildcardsOfANameAreExactlyTheOthersThatCoverIt(
      @ForAll("names") HostName name, @ForAll("names") HostName pattern) {
    boolean isOther = !pattern.equals(name);
    assertThat(name.wildcards().contains(pattern)).isEqualTo(isOther && pattern.covers(name));
    assertThat(name.wildcards()).allMatch(wildcard -> wildcard.covers(name));
  }

  @Property
  void theWildcardsOfANameGoFromTheMostSpecificToTheWidest(@ForAll("names") HostName name) {
    List<HostName> wildcards = new ArrayList<>(name.wildcards());
    for (int i = 1; i < wildcards.size(); i++) {
      assertThat(wildcards.get(i).covers(wildcards.get(i - 1))).isTrue();
    }
    assertThat(wildcards).doesNotHaveDuplicates();
  }

  @Property
  void anyTextCanBeAsked(@ForAll("texts") String one, @ForAll("texts") String other) {
    HostName name = new HostName(one);
    assertThat(name.wildcards()).allMatch(wildcard -> wildcard.covers(name));
    assertThat(name.covers(new HostName(other)))
        .isEqualTo(
            name.equals(new HostName(other)) || new HostName(other).wildcards().contains(name));
  }

  @Property
  void onlyANameWithoutDotsIsExpanded(
      @ForAll("labels") String label, @ForAll("names") HostName name) {
    assertThat(HostName.resolve(label, "shop", DOMAIN))
        .isEqualTo(HostName.ofService("shop", label, DOMAIN));
    if (name.value().contains(".") || name.isWildcard()) {
      assertThat(HostName.resolve(name.value(), "shop", DOMAIN)).isEqualTo(name);
    }
  }

  @Property
  void resolvingWhatIsResolvedChangesNothing(
      @ForAll("names") HostName name, @ForAll("labels") String namespace) {
    HostName resolved = HostName.resolve(name.value(), namespace, DOMAIN);
    assertThat(HostName.resolve(resolved.value(), "other", DOMAIN)).isEqualTo(resolved);
  }

  @Example
  void aWildcardStandsForOneOrMoreLabelsAndNeverForPartOfOne() {
    HostName wildcard = new HostName("*.shop.example");
    assertThat(wildcard.covers(new HostName("a.shop.example"))).isTrue();
    assertThat(wildcard.covers(new HostName("b.a.shop.example"))).isTrue();
    assertThat(wildcard.covers(new HostName("shop.example"))).isFalse();
    assertThat(wildcard.covers(new HostName("workshop.example"))).isFalse();
  }

  @Example
  void addressesAreNeverExpanded() {
    assertThat(HostName.isShort("10.0.0.1")).isFalse();
    assertThat(HostName.isShort("2001:db8::1")).isFalse();
    assertThat(HostName.isShort("")).isFalse();
    assertThat(HostName.isShort("reviews")).isTrue();
    assertThat(HostName.isShort("reviews.")).isFalse();
  }

  @Provide
  Arbitrary<String> labels() {
    return Arbitraries.of("a", "b", "shop", "a-1", "svc", "cluster", "local");
  }

  @Provide
  Arbitrary<HostName> names() {
    Arbitrary<List<String>> labels = labels().list().ofMinSize(1).ofMaxSize(4);
    Arbitrary<String> firsts = Arbitraries.of("", "", "*.");
    return Arbitraries.oneOf(
        Combinators.combine(firsts, labels)
            .as((first, rest) -> new HostName(first + String.join(".", rest))),
        Arbitraries.just(new HostName("*")));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("aB*.-é").ofMaxLength(8);
  }
}
