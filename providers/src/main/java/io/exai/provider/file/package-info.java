/** What vendors do for an account besides answering: keep files, search the web. */
@NullMarked
package io.exai.provider.file;

import org.jspecify.annotations.NullMarked;
