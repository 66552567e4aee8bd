// Comma-separated values as RFC 4180 has them, for spreadsheets: UTF-8 with its mark, and no cell that a spreadsheet
// would take for a formula.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace api {

class Csv {
public:
    /// An apostrophe goes before a text that begins with = + - @, a tab or a carriage return (also the full-width
    /// forms): a name like `=HYPERLINK(…)` must stay a name. A phone number begins with + and is no exception.
    Csv& cell(std::string_view text);
    Csv& end_row();
    std::size_t size() const { return text_.size(); }
    std::string release() { return std::move(text_); }

private:
    std::string text_ = "\xEF\xBB\xBF";
    bool first_in_row_ = true;
};

} // namespace api
