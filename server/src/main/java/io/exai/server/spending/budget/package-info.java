/** What was spent today, and what that means for who wants to spend more. */
@NullMarked
package io.exai.server.spending.budget;

import org.jspecify.annotations.NullMarked;
