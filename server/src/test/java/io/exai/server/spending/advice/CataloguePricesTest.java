package io.exai.server.spending.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.server.setting.Settings;
import org.junit.jupiter.api.Test;

/** The price book of the catalogue. */
class CataloguePricesTest {
    @Test
    void offersTheModelsOfProvidersThatAreOn() {
        Settings settings = Settings.load(
                null, ConfigFactory.parseString("exai.providers.vendors.kimi.api-key = some-key-or-other"));
        assertThat(CataloguePrices.of(settings).find("kimi", "kimi-k2-thinking"))
                .hasValueSatisfying(offer -> {
                    assertThat(offer.contextWindow()).isEqualTo(262_144);
                    assertThat(offer.priced()).isTrue();
                    assertThat(offer.inputNanos()).isEqualTo(600);
                    assertThat(offer.cachedNanos()).isEqualTo(150);
                    assertThat(offer.outputNanos()).isEqualTo(2_500);
                    assertThat(offer.rank()).isEqualTo(94);
                    assertThat(offer.abilities())
                            .containsExactlyInAnyOrder("images", "tools", "thinking", "web search");
                });
    }
}
