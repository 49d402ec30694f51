/** What happened in conversations, and what they are from that. */
@NullMarked
package io.exai.persistence.conversation;

import org.jspecify.annotations.NullMarked;
