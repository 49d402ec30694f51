/** News that reach clients on every node. */
@NullMarked
package io.exai.server.change;

import org.jspecify.annotations.NullMarked;
