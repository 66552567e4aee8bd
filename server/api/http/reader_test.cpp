#include "api/http/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/http/json.hpp"

namespace api::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

boost::json::object object(std::string_view text) { return parse_json(text)->as_object(); }

/// `field code` of every error.
std::vector<std::string> errors(Reader& in) {
    auto list = std::vector<std::string>();
    if (auto const result = in.finish(); !result) {
        EXPECT_EQ(result.error().fault, base::Fault::invalid);
        EXPECT_EQ(result.error().code, "invalid");
        for (auto const& field : result.error().fields) {
            EXPECT_NE(field.message, "");
            list.push_back(field.field + " " + field.code);
        }
    }
    return list;
}

template <class Kind>
std::vector<std::string> errors_of(std::string_view value, Kind const& kind) {
    auto const source = object(R"({"x":)" + std::string(value) + "}");
    auto in = Reader(source);
    in.required("x", kind);
    return errors(in);
}

TEST(Reader, EveryKindRefusesInItsOwnWay) {
    EXPECT_THAT(errors_of(R"("Ana")", as::text(base::name_text)), IsEmpty());
    EXPECT_THAT(errors_of("1", as::text(base::name_text)), ElementsAre("x type"));
    EXPECT_THAT(errors_of("null", as::text(base::name_text)), ElementsAre("x required"));
    EXPECT_THAT(errors_of(R"("  ")", as::text(base::name_text)), ElementsAre("x too_short"));
    EXPECT_THAT(errors_of(R"("aaaa")", as::text({1, 3})), ElementsAre("x too_long"));
    EXPECT_THAT(errors_of("1440", as::integer(1, 1440)), IsEmpty());
    EXPECT_THAT(errors_of("1441", as::integer(1, 1440)), ElementsAre("x out_of_range"));
    EXPECT_THAT(errors_of("0", as::integer(1, 1440)), ElementsAre("x out_of_range"));
    EXPECT_THAT(errors_of("18446744073709551615", as::integer(1, 1440)), ElementsAre("x out_of_range"));
    EXPECT_THAT(errors_of("30.0", as::integer(1, 1440)), ElementsAre("x type"));
    EXPECT_THAT(errors_of(R"("30")", as::integer(1, 1440)), ElementsAre("x type"));
    EXPECT_THAT(errors_of("true", as::boolean()), IsEmpty());
    EXPECT_THAT(errors_of("1", as::boolean()), ElementsAre("x type"));
    EXPECT_THAT(errors_of(R"("true")", as::boolean()), ElementsAre("x type"));
    EXPECT_THAT(errors_of(R"("qr")", as::one_of({"qr", "code"})), IsEmpty());
    EXPECT_THAT(errors_of(R"("QR")", as::one_of({"qr", "code"})), ElementsAre("x one_of"));
    EXPECT_THAT(errors_of(R"("abc")", as::token()), IsEmpty());
    EXPECT_THAT(errors_of(R"("a b")", as::token()), ElementsAre("x format"));
    EXPECT_THAT(errors_of(R"("")", as::token()), ElementsAre("x format"));
    EXPECT_THAT(errors_of(R"("2026-10-22T10:00:00+02:00")", as::instant()), IsEmpty());
    EXPECT_THAT(errors_of(R"("2026-10-22T10:00:00")", as::instant()), ElementsAre("x format"));
    EXPECT_THAT(errors_of(R"("2026-02-29")", as::date()), ElementsAre("x format"));
    EXPECT_THAT(errors_of(R"("24:01")", as::time_of_day()), ElementsAre("x format"));
    EXPECT_THAT(errors_of(R"("600 11 12 22")", as::phone("ES")), IsEmpty());
    EXPECT_THAT(errors_of(R"("12")", as::phone("ES")), ElementsAre("x invalid_phone"));
    EXPECT_THAT(errors_of("{}", as::list(as::boolean(), 2)), ElementsAre("x type"));
    EXPECT_THAT(errors_of("[true,1,\"a\"]", as::list(as::boolean(), 3)), ElementsAre("x[1] type", "x[2] type"));
    EXPECT_THAT(errors_of("[true,true,true]", as::list(as::boolean(), 2)), ElementsAre("x too_many"));
}

enum class Tone { tu, usted };

TEST(Reader, GivesTypedValues) {
    auto const source = object(R"({"name":" Ana ","minutes":30,"tone":"usted","on":"2026-10-22","at":"09:30","start":
        "2026-10-22T10:00:00+02:00","phone":"600111222","ids":["a","b"]})");
    auto in = Reader(source);
    EXPECT_EQ(in.required("name", as::text(base::name_text)), "Ana");
    EXPECT_EQ(in.required("minutes", as::integer(1, 1440)), 30);
    EXPECT_EQ(in.required("tone", as::one_of<Tone>({{"tu", Tone::tu}, {"usted", Tone::usted}})), Tone::usted);
    EXPECT_EQ(in.required("on", as::date()), base::make_date(2026, 10, 22));
    EXPECT_EQ(in.required("at", as::time_of_day()), base::Minutes(570));
    EXPECT_EQ(base::format_utc(in.required("start", as::instant())), "2026-10-22T08:00:00.000Z");
    EXPECT_EQ(in.required("phone", as::phone("ES")).e164(), "+34600111222");
    EXPECT_THAT(in.required("ids", as::list(as::token(), 5)), ElementsAre("a", "b"));
    EXPECT_THAT(errors(in), IsEmpty());
}

TEST(Reader, AllErrorsComeInOnePass) {
    auto const source = object(R"({"name":1,"minutes":0,"colour":"red"})");
    auto in = Reader(source);
    in.required("name", as::text(base::name_text));
    in.required("minutes", as::integer(1, 1440));
    in.required("starts_at", as::instant());
    in.optional("notes", as::text(base::notes_text));
    EXPECT_THAT(errors(in), ElementsAre("name type", "minutes out_of_range", "starts_at required", "colour unknown"));
}

struct Span {
    base::TimeOfDay from;
    base::TimeOfDay to;
};

Span read_span(Reader& in) {
    auto const span = Span{in.required("from", as::time_of_day()), in.required("to", as::time_of_day())};
    if (span.to < span.from) in.refuse("to", "order", "must be after from");
    return span;
}

std::vector<Span> read_monday(Reader& in) {
    return in.optional("monday", as::list(as::object(read_span), 20)).value_or(std::vector<Span>());
}

TEST(Reader, ErrorsDeepInsideCarryTheirPath) {
    auto const source = object(R"({"weekly":{"monday":[{"from":"09:00","to":"14:00"},{"from":"9","to":"8:00","x":1},
        {"from":"12:00","to":"11:00"},7],"funday":[]}})");
    auto in = Reader(source);
    auto const monday = in.required("weekly", as::object(read_monday));
    EXPECT_EQ(monday.at(0).to, base::Minutes(840));
    EXPECT_THAT(errors(in),
                ElementsAre("weekly.monday[1].from format", "weekly.monday[1].to format", "weekly.monday[1].x unknown",
                            "weekly.monday[2].to order", "weekly.monday[3] type", "weekly.funday unknown"));
}

TEST(Reader, PatchTellsAbsentFromNull) {
    auto const source = object(R"({"phone":null,"notes":"new","name":null})");
    auto in = Reader(source);
    auto phone = std::optional<std::string>("old");
    auto notes = std::optional<std::string>("old");
    auto email = std::optional<std::string>("old");
    in.patch("phone", as::text(base::notes_text)).apply_to(phone);
    in.patch("notes", as::text(base::notes_text)).apply_to(notes);
    in.patch("email", as::text(base::notes_text)).apply_to(email);
    EXPECT_EQ(phone, std::nullopt);
    EXPECT_EQ(notes, "new");
    EXPECT_EQ(email, "old");
    EXPECT_EQ(in.changed("name", as::text(base::name_text)), std::nullopt);
    EXPECT_EQ(in.changed("absent", as::text(base::name_text)), std::nullopt);
    EXPECT_THAT(errors(in), ElementsAre("name required"));
}

TEST(Reader, QueryIsReadWithTheSameKinds) {
    auto const query = parse_query("limit=20&active=true&status=pending,confirmed&from=2026-10-22T10:00:00+02:00"
                                   "&customer=+34600111222&other=%2B34600111333");
    auto in = Reader(*query);
    EXPECT_EQ(in.optional("limit", as::integer(1, 200)), 20);
    EXPECT_EQ(in.optional("active", as::boolean()), true);
    EXPECT_THAT(in.required("status", as::list(as::one_of({"pending", "confirmed"}), 5)),
                ElementsAre("pending", "confirmed"));
    EXPECT_EQ(base::format_utc(in.required("from", as::instant())), "2026-10-22T08:00:00.000Z");
    EXPECT_EQ(in.required("customer", as::phone("ES")).e164(), "+34600111222");
    EXPECT_EQ(in.required("other", as::phone("ES")).e164(), "+34600111333");
    EXPECT_THAT(errors(in), IsEmpty());
}

TEST(Reader, QueryIsRefusedWithTheSameCodes) {
    auto const query = parse_query("limit=201&cursor=&active=yes&offset=1&list=a,,b");
    auto in = Reader(*query);
    in.optional("limit", as::integer(1, 200));
    in.optional("cursor", as::token());
    in.optional("active", as::boolean());
    in.optional("list", as::list(as::token(), 3));
    EXPECT_THAT(errors(in),
                ElementsAre("limit out_of_range", "cursor format", "active type", "list[1] format", "offset unknown"));
}

} // namespace
} // namespace api::http
