// What a message may be about. The phrases of each topic stand in lexicon.json under its name.
#pragma once

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>

namespace language {

enum class Topic {
    book,
    move,
    cancel,
    my_bookings,
    price,
    duration,
    hours,
    address,
    policy, ///< "¿hasta cuándo puedo cancelar?": a question, no wish
    person, ///< wants a human, complains, asks about payment or health
    greeting,
    thanks,
    menu,
    late,    ///< "llego 15 min tarde"
    arrived, ///< "ya estoy aquí"
    attends, ///< "allí estaré"
    usual,   ///< "lo de siempre"
    usual_person,
    anyone,    ///< "con quien sea"
    alone,     ///< "al final voy solo"
    together,  ///< "las dos a la vez"
    in_a_row,  ///< "una detrás de otra"
    absence,   ///< "ya no voy a poder ir": leaves open whether to cancel or to move
    gives_up,  ///< "déjalo"
    same_hour, ///< "a la misma hora"
    all_of_them,
    forward,  ///< "adelantar", "antes"
    backward, ///< "atrasar", "después"
    later,
    earlier,
    other_day,
    other_hour,
    health,    ///< alergies, medicines, wounds: only a person may answer
    pain,      ///< "me duele"
    payment,   ///< "ya pagué"
    complaint, ///< "quiero poner una queja"
    human      ///< words for people who work there
};
constexpr std::size_t topic_count = static_cast<std::size_t>(Topic::human) + 1;

/// Said of a text: none, one or several topics.
class Topics {
public:
    Topics() = default;
    explicit Topics(std::bitset<topic_count> said) : said_(said) {}
    bool has(Topic topic) const { return said_.test(static_cast<std::size_t>(topic)); }
    bool any() const { return said_.any(); }

private:
    std::bitset<topic_count> said_;
};
Topics read_topics(std::string_view text);

} // namespace language
