/** Which model answers, and which ones stand in for it. */
@NullMarked
package io.exai.provider.router;

import org.jspecify.annotations.NullMarked;
