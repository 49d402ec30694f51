/** Tests of the chat types. */
@NullMarked
package io.exai.provider.chat;

import org.jspecify.annotations.NullMarked;
