#include "assistant/tool_call.hpp"

namespace assistant {
namespace {

struct Name {
    std::string_view operator()(FindAvailability const&) const { return "find_availability"; }
    std::string_view operator()(CheckStart const&) const { return "check_start"; }
    std::string_view operator()(ListBookings const&) const { return "list_events"; }
    std::string_view operator()(CreateBooking const&) const { return "create_event"; }
    std::string_view operator()(MoveBooking const&) const { return "reschedule_event"; }
    std::string_view operator()(CancelBooking const&) const { return "cancel_event"; }
    std::string_view operator()(NoteBooking const&) const { return "note_event"; }
};

} // namespace

std::string_view tool_name(ToolCall const& call) { return std::visit(Name(), call); }

} // namespace assistant
