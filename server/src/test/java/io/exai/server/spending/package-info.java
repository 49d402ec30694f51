/** Tests of the desk and what it keeps. */
@NullMarked
package io.exai.server.spending;

import org.jspecify.annotations.NullMarked;
