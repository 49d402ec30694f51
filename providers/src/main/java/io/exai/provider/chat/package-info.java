/** What one asks a model and what comes back, whoever the vendor is. */
@NullMarked
package io.exai.provider.chat;

import org.jspecify.annotations.NullMarked;
