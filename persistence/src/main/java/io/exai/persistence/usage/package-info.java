/** What each call cost, for reports, budgets and advice. */
@NullMarked
package io.exai.persistence.usage;

import org.jspecify.annotations.NullMarked;
