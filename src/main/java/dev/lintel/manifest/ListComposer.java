package dev.lintel.manifest;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Composes documents, but hands out what stands in {@code items} of each one by one and then
 * forgets it: a list of all objects of a cluster need not fit into memory. Whether the document is
 * a list is known later only, for kubectl writes {@code items} before {@code kind}.
 */
final class ListComposer extends Composer {

  private final BoundedParser parser;
  private final Consumer<Node> items;
  private boolean isAtItems;

  /**
   * Creates a composer.
   *
   * @param items takes each item, before the document that it belongs to
   */
  ListComposer(LoadSettings settings, BoundedParser parser, Consumer<Node> items) {
    super(settings, parser);
    this.parser = parser;
    this.items = items;
  }

  @Override
  protected Node composeKeyNode(MappingNode node) {
    boolean isOfDocument = parser.depth() == 1;
    Node key = super.composeKeyNode(node);
    isAtItems = isOfDocument && key instanceof ScalarNode name && name.getValue().equals("items");
    return key;
  }

  @Override
  protected Node composeValueNode(MappingNode node) {
    boolean isListed =
        isAtItems
            && parser.peekEvent() instanceof SequenceStartEvent start
            && start.getAnchor().isEmpty();
    isAtItems = false;
    return isListed ? withoutItems(node) : super.composeValueNode(node);
  }

  private Node withoutItems(MappingNode node) {
    SequenceStartEvent start = (SequenceStartEvent) parser.next();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.accept(super.composeValueNode(node));
    }
    Event end = parser.next();
    return new SequenceNode(
        Tag.SEQ,
        true,
        List.of(),
        start.getFlowStyle(),
        start.getStartMark(),
        Optional.of(end).flatMap(Event::getEndMark));
  }
}
