/** What Lintel would have said to the writes of an audit log. */
@NullMarked
package dev.lintel.replay;

import org.jspecify.annotations.NullMarked;
