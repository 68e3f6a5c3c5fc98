package org.sosia.decoy;

import java.util.List;
import java.util.Locale;

/** Names, places and telephone numbers of one country. Indian names are in Latin letters, as hospital systems there write them. */
final class Names {

    /** How a full name is put together. */
    private enum Order {
        GIVEN_FAMILY,
        /** Tamil: the initial of the father's name before the given name. */
        INITIAL_GIVEN
    }

    private static final Names BRITISH = new Names(
            Order.GIVEN_FAMILY,
            "Margaret Susan Patricia Christine Linda Janet Carol Barbara Helen Karen Julie Jacqueline Alison Deborah Sarah Emma Claire Nicola Rachel Rebecca Laura Gemma Hannah Charlotte Emily Sophie Jessica Lucy Chloe Megan Jean Dorothy Joan Sheila Maureen Kathleen Angela Tracey Wendy Gillian",
            "David John Michael Peter Robert Alan Brian Paul Stephen Andrew Ian Graham Keith Colin Kevin Mark Christopher Richard Simon Matthew Daniel James Thomas Adam Benjamin Jonathan Oliver Jack Harry Ryan Kenneth Derek Raymond Dennis Roger Trevor Nigel Martin Neil Philip",
            "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davis Rogers Carter Harris Bennett Cook Cooper Fletcher Ward Hughes Barker Shaw Holmes Pearson Marsh Webb Lowe Barrett",
            "High Street|Station Road|Church Lane|Victoria Road|Mill Lane|Park Avenue|Queens Road|Grange Close|Manor Drive|School Lane",
            "Leeds LS|Norwich NR|Exeter EX|Derby DE|Preston PR|Lincoln LN|Bath BA|Carlisle CA",
            "St Alder's Hospital");
    private static final Names AMERICAN = new Names(
            Order.GIVEN_FAMILY,
            "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Sarah Nancy Lisa Betty Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Dorothy Amy Angela Brenda Pamela Nicole Virginia Maria Diane Julie Joyce Judith",
            "James Robert John Michael David William Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Paul Andrew Kenneth Joshua Kevin Brian George Edward Ronald Timothy Jason Jeffrey Gary Ryan Nicholas Eric Stephen Jonathan Larry Scott Frank Raymond Gregory",
            "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera",
            "Main St|Oak St|Maple Ave|Cedar Ln|Park Ave|Washington St|Lake Dr|Hill Rd|Elm St|Pine Ct",
            "Dayton, OH 454|Madison, WI 537|Albany, NY 122|Salem, OR 973|Boise, ID 837|Lincoln, NE 685|Macon, GA 312|Tulsa, OK 741",
            "Alder Valley Medical Center");
    private static final Names GERMAN = new Names(
            Order.GIVEN_FAMILY,
            "Ursula Renate Monika Karin Petra Sabine Susanne Andrea Birgit Gabriele Brigitte Heike Martina Claudia Stefanie Nicole Katrin Anja Julia Katharina Anna Laura Lena Sarah Lisa Christina Ingrid Helga Gisela Elke Angelika Barbara Ute Silke Kerstin Jutta Marion Cornelia Tanja Melanie",
            "Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günter Stefan Christian Uwe Werner Frank Markus Horst Dieter Manfred Bernd Jörg Matthias Martin Alexander Sebastian Daniel Florian Jan Tobias Philipp Lukas Felix Rainer Helmut Karl Heinz Gerhard Ralf Dirk Holger Torsten Sven",
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Yilmaz",
            "Hauptstraße|Schulstraße|Gartenstraße|Bahnhofstraße|Dorfstraße|Bergstraße|Birkenweg|Lindenstraße|Kirchstraße|Ringstraße",
            "376 Göttingen|990 Erfurt|543 Trier|720 Tübingen|185 Stralsund|481 Münster|930 Regensburg|391 Magdeburg",
            "Klinikum Erlengrund");
    private static final Names FRENCH = new Names(
            Order.GIVEN_FAMILY,
            "Marie Nathalie Isabelle Sylvie Catherine Monique Françoise Jacqueline Christine Martine Nicole Sophie Stéphanie Céline Julie Valérie Sandrine Aurélie Émilie Camille Léa Manon Chloé Anne Hélène Brigitte Dominique Véronique Patricia Laurence Jeanne Simone Odile Claire Delphine Élodie Laure Pauline Mathilde Lucie",
            "Jean Pierre Michel André Philippe Alain Bernard Jacques Daniel Gérard Christophe Nicolas Laurent Frédéric Julien Sébastien Stéphane David Thierry Olivier Pascal Éric Patrick François Guillaume Antoine Alexandre Maxime Thomas Lucas Hugo Louis Claude René Marcel Roger Yves Didier Bruno Vincent",
            "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry",
            "rue de la République|rue Victor Hugo|avenue Jean Jaurès|rue des Lilas|rue du Moulin|place de la Mairie|rue Pasteur|chemin des Vignes|rue des Écoles|boulevard Gambetta",
            "370 Tours|210 Dijon|870 Limoges|490 Angers|250 Besançon|350 Rennes|640 Pau|680 Colmar",
            "Centre hospitalier des Aulnes");
    private static final Names HINDI = new Names(
            Order.GIVEN_FAMILY,
            "Sunita Anita Rekha Geeta Sita Savita Kavita Meena Usha Asha Kiran Neha Pooja Priya Shweta Ritu Seema Nisha Jyoti Mamta Sarita Pushpa Kamla Shanti Suman Anjali Deepika Swati Preeti Sneha Vandana Archana Renu Manju Lata Kusum Radha Sangeeta Shobha Vimla",
            "Ramesh Suresh Rajesh Mahesh Mukesh Sanjay Vijay Ajay Anil Sunil Manoj Vinod Ashok Rakesh Dinesh Deepak Amit Rahul Rohit Vikas Vivek Pankaj Sandeep Naresh Mohan Gopal Hari Shyam Om Ravi Arun Alok Nitin Sachin Gaurav Ankit Abhishek Harish Kailash Santosh",
            "Sharma Verma Gupta Singh Kumar Yadav Mishra Pandey Tiwari Dubey Shukla Srivastava Agarwal Jain Saxena Chauhan Rathore Thakur Joshi Bhatt Mehta Shah Chaudhary Rawat Negi Bisht Tripathi Chaturvedi Dwivedi Goyal Bansal Mittal Garg Kapoor Malhotra Khanna Arora Sethi Ahuja Bhatia Prasad Sinha Jha Rana Soni Khan",
            "Gandhi Nagar|Shastri Marg|Nehru Colony|Civil Lines|Station Road|Subhash Nagar|Indira Vihar|Azad Nagar|Model Town|Laxmi Nagar",
            "Jaipur 3020|Lucknow 2260|Bhopal 4620|Dehradun 2480|Kanpur 2080|Indore 4520|Patna 8000|Ranchi 8340",
            "Ashoka Seva Hospital");
    private static final Names TAMIL = new Names(
            Order.INITIAL_GIVEN,
            "Meenakshi Lakshmi Kavitha Revathi Saraswathi Vasanthi Malathi Selvi Kamala Parvathi Shanthi Sumathi Uma Geetha Vijaya Usha Jayanthi Padmavathi Kalaiselvi Thenmozhi Tamilselvi Poongodi Priya Divya Nithya Deepa Sangeetha Gayathri Bhuvaneswari Rajeswari Mallika Amudha Ezhilarasi Kanmani Valli Andal Yamuna Chitra Indira Sudha",
            "Murugan Karthikeyan Senthil Saravanan Kumaran Selvam Rajendran Subramanian Ramasamy Venkatesan Balasubramanian Natarajan Krishnan Palanisamy Arumugam Ganesan Shanmugam Manikandan Vignesh Prabhu Dinesh Sathish Anbu Ilango Kathiravan Muthu Pandian Chandran Ravichandran Elango Gopinath Harikrishnan Jagadeesan Loganathan Mohanraj Nagarajan Perumal Sivakumar Thangavel Velmurugan",
            "S. R. M. K. P. V. A. N. T. G. J. C. E. B. D. L. Su. Pa. Ra. Mu.",
            "Anna Salai|Gandhi Street|Kamarajar Road|Bharathi Nagar|Nehru Street|Periyar Street|West Car Street|Temple Road|Avinashi Road|Big Bazaar Street",
            "Madurai 6250|Coimbatore 6410|Salem 6360|Tiruchirappalli 6200|Vellore 6320|Erode 6380|Thanjavur 6130|Tirunelveli 6270",
            "Thamarai Hospital");

    private final Order order;
    private final List<String> female;
    private final List<String> male;
    private final List<String> family;
    private final List<String> streets;
    private final List<String> towns;
    private final String hospital;

    private Names(
            Order order, String female, String male, String family, String streets, String towns, String hospital) {
        this.order = order;
        this.female = List.of(female.split(" ", -1));
        this.male = List.of(male.split(" ", -1));
        this.family = List.of(family.split(" ", -1));
        this.streets = List.of(streets.split("\\|", -1));
        this.towns = List.of(towns.split("\\|", -1));
        this.hospital = hospital;
    }

    static Names of(Locale locale) {
        return switch (locale.getLanguage()) {
            case "de" -> GERMAN;
            case "fr" -> FRENCH;
            case "ta" -> TAMIL;
            case "hi", "mr", "gu", "bn", "pa", "te", "kn", "ml" -> HINDI;
            default ->
                switch (locale.getCountry()) {
                    case "GB", "IE", "AU", "NZ" -> BRITISH;
                    case "IN" -> HINDI;
                    case "DE", "AT" -> GERMAN;
                    case "FR" -> FRENCH;
                    default -> AMERICAN;
                };
        };
    }

    /** Common names come more often: the lists begin with them. */
    private static String weighted(Keystream stream, List<String> list) {
        double u = stream.unit();
        return list.get((int) (list.size() * StrictMath.pow(u, 1.4)));
    }

    String given(Keystream stream, boolean isFemale) {
        return weighted(stream, isFemale ? female : male);
    }

    String family(Keystream stream) {
        return weighted(stream, family);
    }

    String full(String given, String familyName) {
        return order == Order.INITIAL_GIVEN ? familyName + " " + given : given + " " + familyName;
    }

    String staff(Keystream stream) {
        String given = given(stream, stream.chance(0.5));
        String title = this == FRENCH || this == BRITISH || this == AMERICAN ? "Dr " : "Dr. ";
        return title + full(given, family(stream));
    }

    String hospital() {
        return hospital;
    }

    String address(Keystream stream) {
        int number = stream.between(1, 148);
        String street = stream.pick(streets);
        String town = stream.pick(towns);
        int cut = town.lastIndexOf(' ');
        if (this == GERMAN) {
            return street + " " + number + ", " + townWithCodeFirst(stream, town);
        }
        if (this == FRENCH) {
            return number + " " + street + ", " + townWithCodeFirst(stream, town);
        }
        if (this == BRITISH) {
            String letters = "ABDEFGHJLNPQRSTUWXYZ";
            return number + " " + street + ", " + town + stream.between(1, 9) + " " + stream.between(1, 9)
                    + letters.charAt(stream.below(20)) + letters.charAt(stream.below(20));
        }
        if (this == AMERICAN) {
            return (number * 10 + stream.below(10)) + " " + street + ", " + town
                    + String.format(Locale.ROOT, "%02d", stream.between(1, 49));
        }
        return number + ", " + street + ", " + town.substring(0, cut) + " - " + town.substring(cut + 1)
                + String.format(Locale.ROOT, "%02d", stream.between(1, 40));
    }

    private static String townWithCodeFirst(Keystream stream, String town) {
        int cut = town.indexOf(' ');
        return town.substring(0, cut) + String.format(Locale.ROOT, "%02d", stream.between(0, 79)) + town.substring(cut);
    }

    /** Numbers that regulators keep for fiction; India keeps none, so there a subscriber number that cannot be dialled. */
    String phone(Keystream stream) {
        String three = String.format(Locale.ROOT, "%03d", stream.below(1000));
        String two = three.substring(1);
        if (this == GERMAN) {
            return stream.pick(List.of("030 23125 ", "040 66969 ", "069 90009 ", "089 99998 ", "0221 4710 ")) + three;
        }
        if (this == FRENCH) {
            return "06 39 98 " + two + " " + String.format(Locale.ROOT, "%02d", stream.below(100));
        }
        if (this == BRITISH) {
            return "07700 900" + three;
        }
        if (this == AMERICAN) {
            return "(" + stream.pick(List.of("202", "303", "404", "512", "614", "702")) + ") 555-01" + two;
        }
        return (this == TAMIL ? "044 1" : "0141 1") + three + String.format(Locale.ROOT, "%04d", stream.below(10_000));
    }
}
