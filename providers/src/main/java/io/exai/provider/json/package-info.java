/** Reads and writes JSON, for those who speak to vendors and for the sandbox that plays them. */
@NullMarked
package io.exai.provider.json;

import org.jspecify.annotations.NullMarked;
