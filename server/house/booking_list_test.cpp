// The list of bookings: searched, sorted, paged, and as a spreadsheet.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "house/open_house_test.hpp"

namespace house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

auto const bookings = std::string("/api/v1/bookings");
auto const sheet = std::string("/api/v1/bookings.csv");

/// What a spreadsheet would read: an own reader of RFC 4180.
std::vector<std::vector<std::string>> rows_of(std::string_view csv) {
    auto rows = std::vector<std::vector<std::string>>(1, std::vector<std::string>(1));
    auto quoted = false;
    for (auto i = std::size_t{0}; i < csv.size(); ++i) {
        auto& cell = rows.back().back();
        if (csv[i] == '"' && quoted && i + 1 < csv.size() && csv[i + 1] == '"') {
            cell += csv[++i];
        } else if (csv[i] == '"') {
            quoted = !quoted;
        } else if (csv[i] == ',' && !quoted) {
            rows.back().emplace_back();
        } else if (csv[i] == '\r' && !quoted) {
            EXPECT_EQ(csv.substr(i, 2), "\r\n");
            ++i;
            if (i + 1 < csv.size()) rows.emplace_back(1);
        } else {
            cell += csv[i];
        }
    }
    return rows;
}

class BookingList : public OpenHouse {
protected:
    void SetUp() override {
        OpenHouse::SetUp();
        client_ = std::make_unique<TestClient>(owner());
        open_every_day(client());
        cut_ = add_service(client(), "Corte", {{"price_minor", 2550}, {"price_kind", "fixed"}});
        dye_ = add_service(client(), "Tinte y mechas");
    }
    TestClient& client() { return *client_; }

    std::string book(std::string_view time, std::string_view name, json::value phone = nullptr,
                     std::string_view notes = "", bool dye = false) {
        auto const answer =
            client().post(bookings, json::object{{"service_id", dye ? dye_ : cut_},
                                                 {"starts_at", "2026-10-20T" + std::string(time) + ":00+02:00"},
                                                 {"customer", json::object{{"name", name}, {"phone", phone}}},
                                                 {"notes", notes}});
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer.text_at("/id");
    }
    /// The names of those found, in order.
    std::vector<std::string> names(std::string const& query) {
        auto const answer = client().get(bookings + "?" + query);
        EXPECT_EQ(answer.status, 200) << query << answer.text;
        auto found = std::vector<std::string>();
        for (auto const& item : answer["/items"].as_array()) {
            found.emplace_back(item.at("customer_name").as_string());
        }
        return found;
    }
    std::vector<std::string> found_by(std::string_view text) { return names("q=" + api::escape(text)); }
    void book_five() {
        book("10:00", "María Ñúñez", "+34600111222", "Alérgica al amoníaco");
        book("11:00", "Mariano", "+34699000111");
        book("12:00", "José 100%", nullptr, "", true);
        book("13:00", "ana_b", nullptr, "viene con María");
        book("14:00", "Zoë O'Brien", "+5215512345678");
    }
    std::string const& cut() const { return cut_; }

private:
    std::unique_ptr<TestClient> client_;
    std::string cut_;
    std::string dye_;
};
APUNTA_ON_EACH_ENGINE(BookingList);

TEST_P(BookingList, FindsWhatAnOwnerTypes) {
    book_five();
    auto const maria = "María Ñúñez";
    EXPECT_THAT(found_by("maria"), ElementsAre(maria, "Mariano", "ana_b"));
    EXPECT_THAT(found_by("  MARÍA   nunez "), ElementsAre(maria));
    EXPECT_THAT(found_by("nunez maria"), ElementsAre(maria)) << "in any order";
    EXPECT_THAT(found_by("maria corte"), UnorderedElementsAre(maria, "Mariano", "ana_b")) << "across the columns";
    EXPECT_THAT(found_by("amoniaco"), ElementsAre(maria));
    EXPECT_THAT(found_by("mechas"), ElementsAre("José 100%"));
    EXPECT_THAT(found_by("600 11 12"), ElementsAre(maria));
    EXPECT_THAT(found_by("+34 600-111"), ElementsAre(maria));
    EXPECT_THAT(found_by("0034600111222"), ElementsAre(maria));
    EXPECT_THAT(found_by("maria 600111222"), ElementsAre(maria));
    EXPECT_THAT(found_by("00111"), ElementsAre(maria, "Mariano")) << "a part of a number may begin with its zeros";
    EXPECT_THAT(found_by("+52 55 1234 5678"), ElementsAre("Zoë O'Brien")) << "Mexico's 1 is no difference";
    EXPECT_THAT(found_by("zoe o'brien"), ElementsAre("Zoë O'Brien"));
    EXPECT_THAT(found_by("600 99"), IsEmpty());
    EXPECT_THAT(found_by("maria jose"), IsEmpty());
    EXPECT_THAT(found_by(" "), testing::SizeIs(5)) << "nothing typed, nothing asked for";
    EXPECT_THAT(found_by("a b c d e f g h i j"), IsEmpty()) << "more words than one would type";
}

TEST_P(BookingList, TakesWildcardsForCharacters) {
    book_five();
    EXPECT_THAT(found_by("%"), ElementsAre("José 100%"));
    EXPECT_THAT(found_by("100%"), ElementsAre("José 100%"));
    EXPECT_THAT(found_by("a_b"), ElementsAre("ana_b"));
    EXPECT_THAT(found_by("n_b"), IsEmpty());
    EXPECT_THAT(found_by("\\"), IsEmpty());
    EXPECT_THAT(found_by("'; DROP TABLE booking; --"), IsEmpty());
}

TEST_P(BookingList, FindsWhatABookingAndItsCustomerAreCalledNow) {
    auto const id = book("10:00", "Lucía");
    ASSERT_EQ(client()
                  .patch(bookings + "/" + id,
                         json::object{{"version", 1}, {"customer_name", "Begoña"}, {"notes", "Sólo puntas"}})
                  .status,
              200);
    EXPECT_THAT(found_by("begona"), ElementsAre("Begoña"));
    EXPECT_THAT(found_by("solo puntas"), ElementsAre("Begoña"));
    EXPECT_THAT(found_by("lucia"), ElementsAre("Begoña")) << "her customer is still called so";
}

TEST_P(BookingList, KeepsToSeveralFiltersAtOnce) {
    book_five();
    auto const first = client().get(bookings).text_at("/items/0/id");
    ASSERT_EQ(client().post(bookings + "/" + first + "/cancel", json::object()).status, 200);
    EXPECT_THAT(names("status=cancelled"), ElementsAre("María Ñúñez"));
    EXPECT_THAT(names("status=cancelled,confirmed"), testing::SizeIs(5));
    EXPECT_THAT(names("status=no_show,pending"), IsEmpty());
    EXPECT_THAT(names("status=confirmed&q=maria&service_id=" + cut()), ElementsAre("Mariano", "ana_b"));
    EXPECT_THAT(names("q=maria&status=cancelled,no_show&sort=-starts_at"), ElementsAre("María Ñúñez"));
    EXPECT_THAT(names("q=maria&from=2026-10-21"), IsEmpty());
    EXPECT_THAT(names("q=maria&to=2026-10-20&origin=owner&sort=created_at"), testing::SizeIs(3));
    EXPECT_THAT(names("q=maria&origin=web"), IsEmpty());
}

TEST_P(BookingList, ComesInEachOrderAndPagesKeepIt) {
    book_five();
    book("15:00", "maria nunez");
    book("16:00", "Ástrid", nullptr, "", true);
    book("17:00", std::string(120, 'x'));
    for (auto const* sort : {"starts_at", "created_at", "updated_at", "customer_name", "service_name", "price_minor"}) {
        for (auto const* direction : {"", "-"}) {
            auto const order = std::string("sort=") + direction + sort;
            auto const whole = client().get(bookings + "?" + order);
            auto pages = json::array();
            auto target = bookings + "?limit=3&" + order;
            for (auto cursor = std::string("first"); !cursor.empty();) {
                auto const page = client().get(target);
                ASSERT_EQ(page.status, 200) << page.text;
                for (auto const& item : page["/items"].as_array()) {
                    pages.push_back(item);
                }
                cursor = page["/next_cursor"].is_null() ? "" : page.text_at("/next_cursor");
                target = bookings + "?limit=3&" + order + "&cursor=" + cursor;
            }
            EXPECT_EQ(pages, whole["/items"].as_array()) << order;
            auto const falls = [&](json::value const& a, json::value const& b) {
                auto const& left = *direction == '-' ? b.at(sort) : a.at(sort);
                auto const& right = *direction == '-' ? a.at(sort) : b.at(sort);
                if (left.is_string())
                    return sort == std::string_view("customer_name") ? false : left.as_string() > right.as_string();
                return !left.is_null() && (right.is_null() || left.as_int64() > right.as_int64());
            };
            EXPECT_EQ(std::ranges::adjacent_find(pages, falls), pages.end()) << order;
        }
    }
    EXPECT_THAT(names("sort=customer_name&limit=7"), ElementsAre("ana_b", "Ástrid", "José 100%", "María Ñúñez",
                                                                 "maria nunez", "Mariano", std::string(120, 'x')));
    EXPECT_THAT(names("sort=-customer_name&limit=2"), ElementsAre("Zoë O'Brien", std::string(120, 'x')));
}

TEST_P(BookingList, ShiftsNothingWhenRowsComeAndGoBetweenPages) {
    book_five();
    auto const target = bookings + "?sort=customer_name&limit=2";
    auto const first = client().get(target);
    EXPECT_EQ(first.text_at("/items/1/customer_name"), "José 100%");
    book("15:00", "aaron");
    ASSERT_EQ(client()
                  .patch(bookings + "/" + first.text_at("/items/1/id"),
                         json::object{{"version", 1}, {"customer_name", "Zzz"}})
                  .status,
              200);
    auto const second = client().get(target + "&cursor=" + first.text_at("/next_cursor"));
    EXPECT_EQ(second.text_at("/items/0/customer_name"), "María Ñúñez");
    EXPECT_EQ(second.text_at("/items/1/customer_name"), "Mariano");
}

TEST_P(BookingList, RefusesTheCursorOfAnotherOrder) {
    book_five();
    auto const cursor = [&](std::string const& order) {
        return client().get(bookings + "?limit=1" + order).text_at("/next_cursor");
    };
    auto const with = [&](std::string const& order, std::string const& after) {
        return client().get(bookings + "?cursor=" + after + order);
    };
    auto const orders = std::vector<std::string>{
        "", "&sort=-starts_at", "&sort=created_at", "&sort=customer_name", "&sort=-customer_name", "&sort=price_minor"};
    for (auto const& from : orders) {
        for (auto const& to : orders) {
            auto const answer = with(to, cursor(from));
            EXPECT_EQ(answer.status, from == to ? 200 : 422) << from << " " << to;
            if (from != to) {
                EXPECT_EQ(answer.field(), "cursor");
            }
        }
    }
    EXPECT_EQ(with("&sort=starts_at", cursor("")).status, 200) << "the same order by its name";
}

TEST_P(BookingList, IsASpreadsheet) {
    book("10:00", "=HYPERLINK(\"http://x\",\"y\")", "+34600111222", "dos, \"tres\"\ncuatro");
    book("11:30", "@ana", nullptr, "-1+2", true);
    auto const answer = client().send("GET", sheet, "", {{"Accept-Language", "es-ES,es;q=0.9,en;q=0.5"}});
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    EXPECT_EQ(answer.header("content-disposition"), "attachment; filename=\"citas-2026-10-19.csv\"");
    ASSERT_TRUE(answer.text.starts_with("\xEF\xBB\xBF"));
    auto const rows = rows_of(std::string_view(answer.text).substr(3));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[0], ElementsAre("Fecha", "Desde", "Hasta", "Para quién", "Cliente", "Teléfono", "Servicio", "Con",
                                     "Estado", "Origen", "Precio", "Moneda", "Notas", "Creada", "Id"));
    auto const id = client().get(bookings).text_at("/items/0/id");
    EXPECT_THAT(rows[1],
                ElementsAre("2026-10-20", "10:00", "10:30", "'=HYPERLINK(\"http://x\",\"y\")",
                            "'=HYPERLINK(\"http://x\",\"y\")", "'+34600111222", "Corte", "Ana", "Confirmada", "Negocio",
                            "25.50", "EUR", "dos, \"tres\"\ncuatro", testing::StartsWith("2026-10-19 10:"), id));
    EXPECT_EQ(rows[2][3], "'@ana");
    EXPECT_EQ(rows[2][5], "");
    EXPECT_EQ(rows[2][10], "");
    EXPECT_EQ(rows[2][12], "'-1+2");
    for (auto const& row : rows) {
        for (auto const& cell : row) {
            EXPECT_EQ(std::string("=+-@\t\r").find(cell.substr(0, 1)) == std::string::npos || cell.empty(), true)
                << cell;
        }
    }
}

TEST_P(BookingList, HasTheSameRowsAsASpreadsheet) {
    book_five();
    auto const csv_names = [&](std::string const& query) {
        auto found = std::vector<std::string>();
        auto const rows = rows_of(client().get(sheet + "?" + query).text);
        for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
            found.push_back(row->at(3));
        }
        return found;
    };
    for (auto const* query : {"q=maria&sort=-customer_name", "status=confirmed,pending", "from=2026-10-21",
                              "sort=price_minor", "q=600 11 12"}) {
        auto const target = std::string(query);
        auto escaped = target;
        std::ranges::replace(escaped, ' ', '+');
        EXPECT_EQ(csv_names(escaped), names(escaped)) << query;
    }
}

TEST_P(BookingList, SpeaksTheLanguageAskedForElseTheBusinesss) {
    auto const title = [&](std::string const& language) {
        auto const headers =
            language.empty() ? TestClient::Headers() : TestClient::Headers{{"Accept-Language", language}};
        auto const answer = client().send("GET", sheet, "", headers);
        return rows_of(std::string_view(answer.text).substr(3)).at(0).at(0);
    };
    EXPECT_EQ(title(""), "Fecha");
    EXPECT_EQ(title("en"), "Date");
    EXPECT_EQ(title("en-GB, es;q=0.8"), "Date");
    EXPECT_EQ(title("es;q=0.3, EN;q=0.7"), "Date");
    EXPECT_EQ(title("fr, de;q=0.9"), "Fecha");
    EXPECT_EQ(title("en;q=0, *"), "Fecha");
    EXPECT_EQ(title(";;;,,q=,en;q=x"), "Fecha");
    ASSERT_EQ(client()
                  .patch("/api/v1/business", json::object{{"version", 1}, {"locale", "en-GB"}, {"currency", "CLP"}})
                  .status,
              200);
    EXPECT_EQ(title("fr"), "Date");
    book("10:00", "Ana");
    auto const rows = rows_of(client().get(sheet).text);
    EXPECT_EQ(rows[1][10], "2550") << "pesos have no cents";
}

} // namespace
} // namespace house
