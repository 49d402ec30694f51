/** Files that clients upload, and the web search beside the chat. */
@NullMarked
package io.exai.provider.sandbox.file;

import org.jspecify.annotations.NullMarked;
