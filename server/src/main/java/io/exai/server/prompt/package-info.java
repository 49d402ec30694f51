/** Prompts: data files and scripts that make the first messages of a conversation. */
@NullMarked
package io.exai.server.prompt;

import org.jspecify.annotations.NullMarked;
