/** Tests of what conversations are from their events. */
@NullMarked
package io.exai.persistence.conversation;

import org.jspecify.annotations.NullMarked;
