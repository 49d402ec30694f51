/** Tests of prompts as data. */
@NullMarked
package io.exai.server.prompt;

import org.jspecify.annotations.NullMarked;
