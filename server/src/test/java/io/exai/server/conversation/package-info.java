/** Tests of conversations. */
@NullMarked
package io.exai.server.conversation;

import org.jspecify.annotations.NullMarked;
