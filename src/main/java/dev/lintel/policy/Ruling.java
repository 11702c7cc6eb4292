package dev.lintel.policy;

import dev.lintel.rule.Action;
import java.util.Optional;

/**
 * What comes of a finding.
 *
 * @param action what comes of it
 * @param exemption why it is only audited although it would have been louder; empty if it is not
 *     exempt
 * @param unheeded why an exemption that is meant for it does not count; empty if there is none
 */
public record Ruling(Action action, Optional<String> exemption, Optional<String> unheeded) {}
