/** What exists: a folder, a cluster or a log as a topology of objects that have been created. */
@NullMarked
package dev.lintel.state;

import org.jspecify.annotations.NullMarked;
